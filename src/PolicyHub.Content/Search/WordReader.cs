namespace PolicyHub.Content.Search;

/// <summary>
/// Cuts text into folded words, one at a time, without a string each. The rules by name:
/// <list type="bullet">
/// <item><b>case</b> and <b>accents</b> are folded; any script's letters make words; of scripts without spaces each character is a word.</item>
/// <item><b>apostrophes</b> are left out or part words, as the language has it; an English possessive is cut off.</item>
/// <item><b>hyphens</b> part words: "shut-off" is "shut" and "off"; that both spellings meet is the query's work.</item>
/// <item><b>ids</b>: up to five letters, a hyphen and digits are one word, "UB-014" is "ub014"; where the letters are a word by themselves they follow: "COVID-19" is "covid19" and "covid".</item>
/// <item><b>numbers</b>: "1,250" is "1250", "3.5" stays, zero cents go: "$25.00" is "25".</item>
/// <item><b>units</b> are parted from their number, "30days", "5pm"; ordinals ("1st") and a single letter ("18F") are not.</item>
/// <item><b>phone numbers</b>: all digits are one word; one with an area code is followed by the local number.</item>
/// <item><b>abbreviations</b> with points lose them: "U.S." is "us", "p.m." is "pm".</item>
/// </list>
/// </summary>
internal ref struct WordReader(ReadOnlySpan<char> text, Analyzer analyzer, Span<char> buffer)
{
    /// <summary>Letters kept of a word; what is longer is cut, so no text costs more than its length.</summary>
    public const int Longest = 64;

    private const int LongestIdLetters = 5;
    private const int ShortestIdWord = 3;

    private readonly ReadOnlySpan<char> text = text;
    private readonly Span<char> buffer = buffer;
    private int position;
    private int length;

    /// <summary>A part of the word just read that is a word of its own as well: where it starts in the buffer, and how long.</summary>
    private (int Start, int Length) second;

    public int Start { get; private set; }

    public int End { get; private set; }

    public readonly ReadOnlySpan<char> Folded => buffer[..length];

    /// <summary>Whether the word is a part of the one before, and stands where that one does.</summary>
    public bool IsPart { get; private set; }

    /// <summary>Goes on at a place where a word starts that is no part of another.</summary>
    public void Skip(int to) => (position, second) = (to, default);

    public bool Next()
    {
        IsPart = second.Length > 0;
        if (IsPart)
        {
            buffer.Slice(second.Start, second.Length).CopyTo(buffer);
            length = second.Length;
            second = default;
            return true;
        }

        while (position < text.Length)
        {
            var kind = Folding.ClassOf(text[position]);
            if (kind is Folding.Class.Letter or Folding.Class.Digit or Folding.Class.Ideograph)
            {
                Start = position;
                length = 0;
                Read(kind);
                if (length > 0)
                {
                    return true;
                }
            }
            else
            {
                position++;
            }
        }

        return false;
    }

    private void Read(Folding.Class kind)
    {
        if (kind == Folding.Class.Ideograph)
        {
            Append();
            End = position;
            return;
        }

        if (kind == Folding.Class.Digit && ReadPhone())
        {
            return;
        }

        ReadWord(kind);
    }

    private void ReadWord(Folding.Class kind)
    {
        var startedWithDigit = kind == Folding.Class.Digit;
        var onlyLetters = !startedWithDigit;
        var onlyDigits = startedWithDigit;
        var sinceDot = 0;
        var sawDecimal = false;
        if (onlyLetters)
        {
            sinceDot = AppendAsciiLetters();
        }

        while (position < text.Length)
        {
            var letter = text[position];
            kind = Folding.ClassOf(letter);
            switch (kind)
            {
                case Folding.Class.Letter:
                    if (onlyDigits && !BelongsToNumber())
                    {
                        Finish(sawDecimal);
                        return;
                    }

                    onlyDigits = false;
                    sinceDot++;
                    Append();
                    continue;
                case Folding.Class.Digit:
                    onlyLetters = false;
                    Append();
                    continue;
                case Folding.Class.Ignored:
                    position++;
                    continue;
                case Folding.Class.Apostrophe when !analyzer.ApostropheParts && IsLetter(position + 1):
                    if (analyzer.DropsPossessive && text[position + 1] is 's' or 'S' && !IsWordCharacter(position + 2))
                    {
                        Finish(sawDecimal);
                        position += 2;
                        return;
                    }

                    position++;
                    continue;
                case Folding.Class.Other when letter == '.' && onlyDigits && IsDigit(position + 1):
                    sawDecimal = true;
                    Append();
                    continue;
                case Folding.Class.Other when letter == '.' && onlyLetters && sinceDot == 1 && IsLetter(position + 1) && !IsWordCharacter(position + 2):
                    sinceDot = 0;
                    position++;
                    continue;
                case Folding.Class.Other when letter == ',' && onlyDigits && IsThousands():
                    position++;
                    continue;
                case Folding.Class.Other when letter is '-' or '\u2010' or '\u2011' && onlyLetters && length <= LongestIdLetters && IsDigit(position + 1):
                    var letters = length;
                    position++;
                    ReadIdDigits(letters);
                    return;
                default:
                    Finish(sawDecimal);
                    return;
            }
        }

        Finish(sawDecimal);
    }

    private void Finish(bool sawDecimal)
    {
        End = position;
        if (sawDecimal && length > 3 && buffer[..length].EndsWith(".00") && !buffer[..(length - 3)].Contains('.'))
        {
            length -= 3;
        }
    }

    private void ReadIdDigits(int letters)
    {
        while (IsDigit(position))
        {
            Append();
        }

        End = position;
        if (letters >= ShortestIdWord)
        {
            second = (0, letters);
        }
    }

    /// <summary>Whether the letters after a number are part of it: an ordinal's ending, or one single letter.</summary>
    private readonly bool BelongsToNumber()
    {
        if (!IsLetter(position + 1))
        {
            return true;
        }

        return !IsWordCharacter(position + 2) && text.Slice(position, 2) is var ending
            && (ending.Equals("st", StringComparison.OrdinalIgnoreCase) || ending.Equals("nd", StringComparison.OrdinalIgnoreCase)
                || ending.Equals("rd", StringComparison.OrdinalIgnoreCase) || ending.Equals("th", StringComparison.OrdinalIgnoreCase));
    }

    private readonly bool IsThousands() =>
        IsDigit(position + 1) && IsDigit(position + 2) && IsDigit(position + 3) && !IsDigit(position + 4);

    /// <summary>555-0123; 312-555-0123, 312.555.0123, 312 555 0123, (312) 555-0123; with 1 before it or not.</summary>
    private bool ReadPhone()
    {
        var at = position;
        if (Digits(at) == 1 && text[at] == '1' && IsSeparator(at + 1))
        {
            at += 2;
            at += at < text.Length && text[at] == '(' ? 1 : 0;
        }

        var first = at;
        if (Digits(at) != 3)
        {
            return false;
        }

        at += 3;
        var gap = at;
        at += at < text.Length && text[at] == ')' ? 1 : 0;
        at += IsSeparator(at) ? 1 : 0;
        if (at == gap)
        {
            return false;
        }

        if (Digits(at) == 4 && at == gap + 1 && text[gap] is '-' or '\u2011')
        {
            return TakePhone(first, at + 4);
        }

        return Digits(at) == 3 && IsSeparator(at + 3) && Digits(at + 4) == 4 && TakePhone(first, at + 8);
    }

    private bool TakePhone(int first, int end)
    {
        if (end + 1 < text.Length && text[end] == '-' && char.IsAsciiDigit(text[end + 1]))
        {
            return false;
        }

        for (var i = first; i < end; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                buffer[length++] = text[i];
            }
        }

        (position, End) = (end, end);
        second = length == 10 ? (3, 7) : default;
        return true;
    }

    private readonly bool IsSeparator(int at) => at < text.Length && text[at] is '-' or '.' or ' ' or '\u00A0' or '\u2011';

    /// <summary>The number of ASCII digits from here, as far as five: more is no part of a phone number.</summary>
    private readonly int Digits(int at)
    {
        var count = 0;
        while (count < 5 && at + count < text.Length && char.IsAsciiDigit(text[at + count]))
        {
            count++;
        }

        return count;
    }

    private readonly bool IsLetter(int at) => at < text.Length && Folding.ClassOf(text[at]) == Folding.Class.Letter;

    private readonly bool IsDigit(int at) => at < text.Length && Folding.ClassOf(text[at]) == Folding.Class.Digit;

    private readonly bool IsWordCharacter(int at) => IsLetter(at) || IsDigit(at);

    /// <summary>The bulk of all text: what follows the first letters is looked at with care, these are only put in lower case.</summary>
    private int AppendAsciiLetters()
    {
        var room = Math.Min(text.Length - position, Longest - 4);
        var count = 0;
        while (count < room && char.IsAsciiLetter(text[position + count]))
        {
            buffer[count] = (char)(text[position + count] | 0x20);
            count++;
        }

        position += count;
        length = count;
        return count;
    }

    private void Append()
    {
        var letter = text[position++];
        if (length + 4 <= Longest)
        {
            length += Folding.Fold(letter, buffer[length..]);
        }
    }
}
