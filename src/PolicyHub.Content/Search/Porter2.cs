using System.Buffers;

namespace PolicyHub.Content.Search;

/// <summary>
/// English word forms: M. F. Porter's second English stemmer ("Porter2"), written from its description at
/// https://snowballstem.org/algorithms/english/stemmer.html; the comments name its steps.
/// A stem need not be a word: it only has to be the same for all forms of one.
/// </summary>
internal static class Porter2
{
    private const int Longest = 40;

    private static readonly Dictionary<string, string> Exceptions = new(StringComparer.Ordinal)
    {
        ["skis"] = "ski",
        ["skies"] = "sky",
        ["dying"] = "die",
        ["lying"] = "lie",
        ["tying"] = "tie",
        ["idly"] = "idl",
        ["gently"] = "gentl",
        ["ugly"] = "ugli",
        ["early"] = "earli",
        ["only"] = "onli",
        ["singly"] = "singl",
        ["sky"] = "sky",
        ["news"] = "news",
        ["howe"] = "howe",
        ["atlas"] = "atlas",
        ["cosmos"] = "cosmos",
        ["bias"] = "bias",
        ["andes"] = "andes",
    };

    /// <summary>Words that step 1a leaves and no later step may touch.</summary>
    private static readonly HashSet<string> LeftAfterStep1A =
        ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"];

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    private static readonly string[] LongStarts = ["gener", "commun", "arsen"];

    private static readonly (string Ending, string With)[] Step2 =
    [
        ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"), ("ousness", "ous"), ("biliti", "ble"),
        ("lessli", "less"), ("tional", "tion"), ("alism", "al"), ("aliti", "al"), ("ation", "ate"), ("entli", "ent"), ("fulli", "ful"),
        ("iviti", "ive"), ("ousli", "ous"), ("abli", "able"), ("alli", "al"), ("anci", "ance"), ("ator", "ate"), ("enci", "ence"),
        ("izer", "ize"), ("bli", "ble"), ("ogi", "og"), ("li", ""),
    ];

    private static readonly (string Ending, string With)[] Step3 =
    [
        ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("ative", ""), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"),
        ("ness", ""), ("ful", ""),
    ];

    private static readonly string[] Step4 =
    [
        "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive", "ize", "ous", "al", "er", "ic",
    ];

    /// <summary>The stem of a word in lower case; a word with anything but a to z in it is its own stem.</summary>
    public static string Stem(string word)
    {
        if (word.Length is < 3 or > Longest || !word.All(letter => letter is >= 'a' and <= 'z'))
        {
            return word;
        }

        if (Exceptions.TryGetValue(word, out var exception))
        {
            return exception;
        }

        Span<char> letters = stackalloc char[Longest + 2];
        word.CopyTo(letters);
        var stemmer = new Worker(letters, word.Length);
        stemmer.Run();
        return letters[..stemmer.Length].SequenceEqual(word) ? word : letters[..stemmer.Length].ToString();
    }

    private ref struct Worker(Span<char> letters, int length)
    {
        private readonly Span<char> letters = letters;
        private int r1;
        private int r2;

        public int Length { get; private set; } = length;

        public void Run()
        {
            MarkConsonantY();
            FindRegions();
            Step1A();
            if (LeftAfterStep1A.Contains(letters[..Length].ToString()))
            {
                return;
            }

            Step1B();
            Step1C();
            Replace2();
            Replace3();
            Delete4();
            Step5();
            letters[..Length].Replace('Y', 'y');
        }

        private static bool IsVowel(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

        private readonly void MarkConsonantY()
        {
            for (var i = 0; i < Length; i++)
            {
                if (letters[i] == 'y' && (i == 0 || IsVowel(letters[i - 1])))
                {
                    letters[i] = 'Y';
                }
            }
        }

        private void FindRegions()
        {
            r1 = AfterVowelAndConsonant(0);
            foreach (var start in LongStarts)
            {
                if (letters[..Length].StartsWith(start))
                {
                    r1 = start.Length;
                }
            }

            r2 = AfterVowelAndConsonant(r1);
        }

        private readonly int AfterVowelAndConsonant(int from)
        {
            for (var i = from + 1; i < Length; i++)
            {
                if (!IsVowel(letters[i]) && IsVowel(letters[i - 1]))
                {
                    return i + 1;
                }
            }

            return Length;
        }

        private readonly bool Ends(string ending) => letters[..Length].EndsWith(ending);

        private readonly bool HasVowelBefore(int end) => letters[..Math.Max(0, end)].ContainsAny(Vowels);

        private void Put(int cut, string with)
        {
            Length -= cut;
            with.CopyTo(letters[Length..]);
            Length += with.Length;
        }

        private void Step1A()
        {
            if (Ends("sses"))
            {
                Put(2, "");
            }
            else if (Ends("ied") || Ends("ies"))
            {
                Put(3, Length > 4 ? "i" : "ie");
            }
            else if (Ends("s") && !Ends("us") && !Ends("ss") && HasVowelBefore(Length - 2))
            {
                Put(1, "");
            }
        }

        private void Step1B()
        {
            if (Ends("eedly") || Ends("eed"))
            {
                var cut = Ends("eed") ? 3 : 5;
                if (Length - cut >= r1)
                {
                    Put(cut, "ee");
                }

                return;
            }

            var ending = Ends("ingly") ? 5 : Ends("edly") ? 4 : Ends("ing") ? 3 : Ends("ed") ? 2 : 0;
            if (ending == 0 || !HasVowelBefore(Length - ending))
            {
                return;
            }

            Put(ending, "");
            if (Ends("at") || Ends("bl") || Ends("iz"))
            {
                Put(0, "e");
            }
            else if (Length > 1 && letters[Length - 1] == letters[Length - 2] && "bdfgmnprt".Contains(letters[Length - 1]))
            {
                Length--;
            }
            else if (r1 >= Length && EndsInShortSyllable(Length))
            {
                Put(0, "e");
            }
        }

        private readonly void Step1C()
        {
            if (Length > 2 && letters[Length - 1] is 'y' or 'Y' && !IsVowel(letters[Length - 2]))
            {
                letters[Length - 1] = 'i';
            }
        }

        private void Replace2()
        {
            foreach (var (ending, with) in Step2)
            {
                if (!Ends(ending))
                {
                    continue;
                }

                var before = Length - ending.Length;
                if (before >= r1 && ending switch
                {
                    "ogi" => before > 0 && letters[before - 1] == 'l',
                    "li" => before > 0 && "cdeghkmnrt".Contains(letters[before - 1]),
                    _ => true,
                })
                {
                    Put(ending.Length, with);
                }

                return;
            }
        }

        private void Replace3()
        {
            foreach (var (ending, with) in Step3)
            {
                if (!Ends(ending))
                {
                    continue;
                }

                var before = Length - ending.Length;
                if (before >= (ending == "ative" ? r2 : r1))
                {
                    Put(ending.Length, with);
                }

                return;
            }
        }

        private void Delete4()
        {
            foreach (var ending in Step4)
            {
                if (!Ends(ending))
                {
                    continue;
                }

                var before = Length - ending.Length;
                if (before >= r2 && (ending != "ion" || (before > 0 && letters[before - 1] is 's' or 't')))
                {
                    Length = before;
                }

                return;
            }
        }

        private void Step5()
        {
            var last = Length - 1;
            if (letters[last] == 'e' && (last >= r2 || (last >= r1 && !EndsInShortSyllable(last))))
            {
                Length--;
            }
            else if (letters[last] == 'l' && last >= r2 && last > 0 && letters[last - 1] == 'l')
            {
                Length--;
            }
        }

        /// <summary>A vowel and a consonant other than w, x, Y after a consonant; or a vowel at the start and a consonant.</summary>
        private readonly bool EndsInShortSyllable(int end) => end switch
        {
            < 2 => false,
            2 => IsVowel(letters[0]) && !IsVowel(letters[1]),
            _ => !IsVowel(letters[end - 1]) && letters[end - 1] is not ('w' or 'x' or 'Y')
                && IsVowel(letters[end - 2]) && !IsVowel(letters[end - 3]),
        };
    }
}
