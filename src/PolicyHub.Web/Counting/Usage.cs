using PolicyHub.Records.Searches;

namespace PolicyHub.Web.Counting;

/// <summary>How often something was searched for, day by day: what this process counted, and what others did.</summary>
internal sealed class Usage
{
    private readonly SortedDictionary<DateOnly, Day> days = [];

    /// <summary>What other processes, and earlier runs of this one, have counted; their people can't be told from ours, so days are never added up.</summary>
    private readonly SortedDictionary<DateOnly, Day> others = [];

    /// <summary>Days of ours that the records have not heard of as they stand.</summary>
    private readonly HashSet<DateOnly> untold = [];

    /// <summary>The wording; null as long as too few people used it: then only its hash is known.</summary>
    public string? Words { get; private set; }

    public bool IsEmpty => days.Count + others.Count == 0;

    public int Times => All.Sum(day => day.Times);

    /// <summary>
    /// At least so many people: those of the fullest day. People of two days can't be told apart or together, so they are never added up.
    /// </summary>
    public int People => All.Select(day => day.PeopleCount).DefaultIfEmpty().Max();

    public bool WasReported => All.Any(day => day.Of(QueryOutcome.Reported) > 0);

    private IEnumerable<Day> All => days.Values.Concat(others.Values);

    public void Add(DateOnly today, QueryOutcome outcome, ulong person)
    {
        if (!days.TryGetValue(today, out var day))
        {
            // The key of the days before is gone: their numbers are thrown away and only how many they were stays.
            foreach (var earlier in days.Values)
            {
                earlier.Close();
            }

            days[today] = day = new Day();
        }

        day.Add(outcome, person);
        untold.Add(today);
    }

    /// <summary>Takes the wording when it may be kept.</summary>
    public void Keep(string wording, bool may)
    {
        if (may && Words is null)
        {
            untold.UnionWith(days.Keys);
        }

        Words = may ? wording : null;
    }

    /// <summary>Forgets what others have counted since a day, before they are asked again.</summary>
    public void ForgetOthers(DateOnly since)
    {
        foreach (var date in others.Keys.Where(date => date >= since).ToList())
        {
            others.Remove(date);
        }
    }

    /// <summary>Adds what one other has counted on a day.</summary>
    public void TakeOther(QueryDay row)
    {
        if (!others.TryGetValue(row.Day, out var day))
        {
            others[row.Day] = day = new Day();
            day.Close();
        }

        day.Take(row);
    }

    /// <summary>What the records have not heard of, which they are told now.</summary>
    /// <param name="words">The wording; empty: all searches together.</param>
    public IEnumerable<QueryDay> Tell(string words, string source)
    {
        var told = untold.Where(days.ContainsKey).Select(date => days[date].Row(date, words, source)).ToList();
        untold.Clear();
        return told;
    }

    /// <summary>The records could not take in what they were told of a day.</summary>
    public void NotTold(DateOnly date) => untold.Add(date);

    /// <summary>Forgets days before <paramref name="first"/>, and the wording when what is left no longer justifies it.</summary>
    public void Forget(DateOnly first, DateOnly today, Func<Usage, bool> may)
    {
        foreach (var (date, day) in days.TakeWhile(pair => pair.Key < today).ToList())
        {
            day.Close();
            if (date < first)
            {
                days.Remove(date);
            }
        }

        foreach (var date in others.Keys.TakeWhile(date => date < first).ToList())
        {
            others.Remove(date);
        }

        Words = Words is not null && may(this) ? Words : null;
    }

    /// <summary>Counts by week, the latest first; weeks begin on Monday.</summary>
    public IEnumerable<WeekOfQueries> Weeks() =>
        from pair in days.Concat(others)
        group pair.Value by pair.Key.AddDays(-(((int)pair.Key.DayOfWeek + 6) % 7)) into week
        orderby week.Key descending
        select new WeekOfQueries(
            week.Key,
            week.Max(day => day.PeopleCount),
            Enum.GetValues<QueryOutcome>().ToDictionary(outcome => outcome, outcome => week.Sum(day => day.Of(outcome))));

    private sealed class Day
    {
        private readonly int[] counts = new int[Enum.GetValues<QueryOutcome>().Length];
        private HashSet<ulong>? people = [];
        private int closedWith;

        public int PeopleCount => people?.Count ?? closedWith;

        /// <summary>Searches; a report is none.</summary>
        public int Times => counts.Sum() - counts[(int)QueryOutcome.Reported];

        public int Of(QueryOutcome outcome) => counts[(int)outcome];

        public void Add(QueryOutcome outcome, ulong person)
        {
            counts[(int)outcome]++;
            people?.Add(person);
        }

        public void Take(QueryDay row)
        {
            closedWith = Math.Max(closedWith, row.People);
            counts[(int)QueryOutcome.Results] += row.Results;
            counts[(int)QueryOutcome.Chosen] += row.Chosen;
            counts[(int)QueryOutcome.Reformulated] += row.Reformulated;
            counts[(int)QueryOutcome.Abandoned] += row.Abandoned;
            counts[(int)QueryOutcome.None] += row.None;
            counts[(int)QueryOutcome.Reported] += row.Reported;
        }

        public QueryDay Row(DateOnly date, string words, string source) => new()
        {
            Day = date,
            Words = words,
            Source = source,
            People = PeopleCount,
            Results = Of(QueryOutcome.Results),
            Chosen = Of(QueryOutcome.Chosen),
            Reformulated = Of(QueryOutcome.Reformulated),
            Abandoned = Of(QueryOutcome.Abandoned),
            None = Of(QueryOutcome.None),
            Reported = Of(QueryOutcome.Reported),
        };

        public void Close() => (closedWith, people) = (PeopleCount, null);
    }
}

/// <summary>The searches of a week, all or those of one wording.</summary>
/// <param name="People">At least so many people: those of its fullest day.</param>
public sealed record WeekOfQueries(DateOnly Monday, int People, IReadOnlyDictionary<QueryOutcome, int> Counts)
{
    /// <summary>A figure may be shown: it is not about a small group.</summary>
    public bool MayBeShown => People >= QueryCounts.LeastPeopleForFigure;

    /// <summary>Searches; a report is none.</summary>
    public int Searches => Counts.Where(pair => pair.Key != QueryOutcome.Reported).Sum(pair => pair.Value);
}

/// <summary>A wording that was not found or reported, with its counts by week, the latest first.</summary>
public sealed record Gap(string Words, int People, IReadOnlyList<WeekOfQueries> Weeks)
{
    public int Times => Weeks.Sum(week => week.Counts[QueryOutcome.None]);

    public int Reports => Weeks.Sum(week => week.Counts[QueryOutcome.Reported]);

    /// <inheritdoc cref="WeekOfQueries.MayBeShown"/>
    public bool MayBeCounted => People >= QueryCounts.LeastPeopleForFigure;
}
