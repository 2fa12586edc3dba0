namespace PolicyHub.Content.Search;

/// <summary>
/// What an English word sounds like, so that “construcshun” finds “construction”: Metaphone (Lawrence Philips, Hanging on the Metaphone,
/// Computer Language 7(12), 1990), read a little more loosely, as its words only propose corrections that spelling and company then judge.
/// </summary>
internal static class SoundKey
{
    /// <summary>Fewer sounds say too little: “he”, “hay” and “how” are one.</summary>
    private const int LeastSounds = 2;

    private const int MostSounds = 24;

    private const char Silent = '\0';
    private const char Sh = 'X';
    private const char Th = '0';
    private const char Vowel = 'A';

    /// <summary>The sounds of a folded word, vowels left out but at its beginning; empty for what is no word of Latin letters.</summary>
    public static string Of(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.ContainsAnyExceptInRange('a', 'z'))
        {
            return "";
        }

        Span<char> sounds = stackalloc char[MostSounds];
        var count = 0;
        for (var at = Start(word); at < word.Length && count < MostSounds; at++)
        {
            var sound = SoundAt(word, at, isFirst: count == 0 && at <= 1);
            if (sound != Silent && (count == 0 || sounds[count - 1] != sound))
            {
                sounds[count++] = sound;
            }
        }

        return new string(sounds[..count]);
    }

    /// <summary>The sounds as a number (FNV-1a), the same on every machine; 0 where there are too few.</summary>
    public static uint HashOf(string word)
    {
        var key = Of(word);
        var hash = 2166136261u;
        foreach (var sound in key)
        {
            hash = (hash ^ sound) * 16777619u;
        }

        return key.Length < LeastSounds ? 0 : Math.Max(1u, hash);
    }

    /// <summary>A first letter that is written but not said.</summary>
    private static int Start(ReadOnlySpan<char> word) => word switch
    {
        ['k' or 'g' or 'p', 'n', ..] or ['w', 'r', ..] => 1,
        _ => 0,
    };

    private static char SoundAt(ReadOnlySpan<char> word, int at, bool isFirst)
    {
        var (before, next, after) = (At(word, at - 1), At(word, at + 1), At(word, at + 2));
        if (next == word[at] && next != 'c')
        {
            // A doubled letter is said once.
            return Silent;
        }

        return word[at] switch
        {
            'a' or 'e' or 'i' or 'o' or 'u' => isFirst ? Vowel : Silent,
            'b' => before == 'm' && next == Silent ? Silent : 'B',
            'c' => OfC(before, next, after, At(word, at + 3)),
            'd' => next == 'g' && IsSoft(after) ? 'J' : 'T',
            'g' => OfG(word, at, next, after),
            'h' => IsVowel(next) && before is not ('c' or 's' or 'p' or 't' or 'g' or 'w') ? 'H' : Silent,
            'k' => before == 'c' ? Silent : 'K',
            'p' => next == 'h' ? 'F' : 'P',
            'q' => 'K',
            's' => next == 'h' || (next == 'i' && after is 'o' or 'a') ? Sh : 'S',
            't' => OfT(next, after),
            'v' => 'F',
            'w' or 'y' => isFirst && (IsVowel(next) || next == 'h') ? char.ToUpperInvariant(word[at]) : Silent,
            'x' => 'S',
            'z' => 'S',
            var letter => char.ToUpperInvariant(letter),
        };
    }

    private static char OfC(char before, char next, char after, char last)
    {
        if (next == 'h')
        {
            return before == 's' ? 'K' : Sh;
        }

        // “special”, “gracious”, “efficient”, but not “receive” and its misspellings.
        return next == 'i' && (after is 'a' or 'o' || (after == 'e' && last == 'n')) ? Sh : IsSoft(next) ? 'S' : 'K';
    }

    private static char OfG(ReadOnlySpan<char> word, int at, char next, char after)
    {
        if (next == 'h')
        {
            return IsVowel(after) ? 'K' : Silent;
        }

        // “sign”, “signed”, “signs”: said without it.
        return next == 'n' && (after is Silent or 's' or 'e') ? Silent : IsSoft(next) && At(word, at - 1) != 'g' ? 'J' : 'K';
    }

    private static char OfT(char next, char after)
    {
        if (next == 'h')
        {
            return Th;
        }

        return next == 'i' && after is 'o' or 'a' ? Sh : next == 'c' && after == 'h' ? Silent : 'T';
    }

    private static char At(ReadOnlySpan<char> word, int at) => at >= 0 && at < word.Length ? word[at] : Silent;

    private static bool IsSoft(char letter) => letter is 'e' or 'i' or 'y';

    private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
}
