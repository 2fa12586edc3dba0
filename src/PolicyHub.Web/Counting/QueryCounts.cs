using System.Security.Cryptography;
using System.Text;
using PolicyHub.Records.Searches;

namespace PolicyHub.Web.Counting;

/// <summary>
/// What people search, counted without who searched. A wording is masked first (<see cref="Wording"/>); until it may be kept it is known
/// by a hash alone, with a key that ends with this process. It may be kept once at least three people used it on one day and it was used
/// five times in all: people can be told apart within a day only (<see cref="PeopleOfDay"/>), so those of two days are never added up
/// and the rule errs on the side of forgetting. What was reported as missing is kept at once, for it was sent to be read. No figure is
/// given for fewer than five people. Once a minute the records are told what may be kept, and nothing else: the figures of a day by wording,
/// and those of all searches together; what others have told them is added to what is shown.
/// </summary>
/// <param name="kept">How long counts are kept.</param>
public sealed class QueryCounts(TimeSpan kept)
{
    /// <summary>People of one day that must have used a wording before it is kept.</summary>
    public const int LeastPeople = 3;

    /// <summary>How often a wording must have been used before it is kept.</summary>
    public const int LeastTimes = 5;

    /// <summary>People of one day without whom no figure is shown.</summary>
    public const int LeastPeopleForFigure = 5;

    /// <summary>Wordings known at one time; beyond that a new one counts in the totals alone.</summary>
    private const int Most = 20_000;

    private readonly Lock gate = new();
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly PeopleOfDay people = new();
    private readonly Dictionary<UInt128, Usage> wordings = [];
    private readonly Usage all = new();
    private DateOnly day;

    /// <summary>Names this run of this process in the records.</summary>
    public string Source { get; } = Guid.NewGuid().ToString("N");

    /// <param name="typed">The query as typed; nothing of it is kept but what <see cref="Wording"/> leaves.</param>
    /// <param name="person">Where it came from: whatever tells people apart today, such as address and browser.</param>
    /// <param name="today">The day in the organisation's zone.</param>
    public void Count(string typed, QueryOutcome outcome, string person, DateOnly today)
    {
        var words = Wording.Of(typed);
        lock (gate)
        {
            Forget(today);
            var number = people.NumberOf(person, today);
            all.Add(today, outcome, number);
            var hash = HashOf(words);
            if (words.Length == 0 || (!wordings.TryGetValue(hash, out var usage) && (usage = NewUsage(hash)) is null))
            {
                return;
            }

            usage.Add(today, outcome, number);
            usage.Keep(words, MayBeKept(usage));
        }
    }

    /// <summary>What was not found or reported, most often first; then what has no figure to show, by the alphabet, as its place would be one.</summary>
    public IReadOnlyList<Gap> Gaps(DateOnly today)
    {
        lock (gate)
        {
            Forget(today);
            return
            [
                .. from usage in wordings.Values
                   let words = usage.Words
                   where words is not null
                   let gap = new Gap(words, usage.People, [.. usage.Weeks()])
                   where gap.Times + gap.Reports > 0
                   orderby gap.MayBeCounted descending, gap.MayBeCounted ? gap.Times : 0 descending, gap.MayBeCounted ? gap.Reports : 0 descending, gap.Words
                   select gap,
            ];
        }
    }

    /// <summary>All searches by week, the latest first; a week of too few people says so by <see cref="WeekOfQueries.MayBeShown"/>.</summary>
    public IReadOnlyList<WeekOfQueries> Weeks(DateOnly today)
    {
        lock (gate)
        {
            Forget(today);
            return [.. all.Weeks()];
        }
    }

    /// <summary>What the records have not heard of and may keep; they count as told.</summary>
    public IReadOnlyList<QueryDay> Tell()
    {
        lock (gate)
        {
            return [.. all.Tell("", Source), .. wordings.Values.Where(usage => usage.Words is not null).SelectMany(usage => usage.Tell(usage.Words!, Source))];
        }
    }

    /// <summary>The records could not take in what they were told: it is told again.</summary>
    public void NotTold(IEnumerable<QueryDay> rows)
    {
        lock (gate)
        {
            foreach (var row in rows)
            {
                (row.Words.Length == 0 ? all : wordings.GetValueOrDefault(HashOf(row.Words)))?.NotTold(row.Day);
            }
        }
    }

    /// <summary>Takes what others have told the records since a day, in the place of what was known of it.</summary>
    public void TakeOthers(IEnumerable<QueryDay> rows, DateOnly since, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(rows);
        lock (gate)
        {
            Forget(today);
            foreach (var usage in wordings.Values.Append(all))
            {
                usage.ForgetOthers(since);
            }

            foreach (var row in rows)
            {
                if (row.Words.Length == 0)
                {
                    all.TakeOther(row);
                }
                else if (HashOf(row.Words) is var hash && (wordings.GetValueOrDefault(hash) ?? NewUsage(hash)) is { } usage)
                {
                    usage.TakeOther(row);

                    // Whoever told it kept the rule; under the same one it stays known.
                    usage.Keep(row.Words, may: true);
                }
            }

            foreach (var (hash, _) in wordings.Where(pair => pair.Value.IsEmpty).ToList())
            {
                wordings.Remove(hash);
            }
        }
    }

    private static bool MayBeKept(Usage usage) => usage.WasReported || (usage.People >= LeastPeople && usage.Times >= LeastTimes);

    private Usage? NewUsage(UInt128 hash)
    {
        if (wordings.Count >= Most)
        {
            return null;
        }

        return wordings[hash] = new Usage();
    }

    /// <summary>With a new day, what is too old and the numbers of people of the day before are thrown away.</summary>
    private void Forget(DateOnly today)
    {
        if (today == day)
        {
            return;
        }

        day = today;
        var first = today.AddDays(-(int)kept.TotalDays);
        all.Forget(first, today, MayBeKept);
        foreach (var (hash, usage) in wordings.ToList())
        {
            usage.Forget(first, today, MayBeKept);
            if (usage.IsEmpty)
            {
                wordings.Remove(hash);
            }
        }
    }

    private UInt128 HashOf(string words) => System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(words)));
}
