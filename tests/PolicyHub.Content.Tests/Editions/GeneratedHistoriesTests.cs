using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PolicyHub.Content.Editions;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Editions;

/// <summary>
/// Whole libraries with generated histories, committed to real repositories: creation, edits, renames, deletion and return, reverts, merges,
/// texts and attachments and settings with dates of their own, corrections while a change waits, cancellations, rescissions, texts recorded
/// from before, two documents at one path. Every edition, for both questions, at every boundary instant and just beside it, holds exactly what
/// an oracle says that knows nothing but the trees that were committed.
/// </summary>
public sealed class GeneratedHistoriesTests
{
    private static readonly TimeZoneInfo Chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
    private static readonly string[] Paths = ["a.md", "b.md", "fees/c.md", "fees/d.md"];
    private static readonly string[] Ids = ["A-1", "B-2", "C-3"];

    private static readonly Gen<Act> Acts =
        from kind in Gen.Frequency(
            (8, Gen.Constant(Kind.Write)), (2, Gen.Constant(Kind.Move)), (2, Gen.Constant(Kind.Delete)), (2, Gen.Constant(Kind.Revert)),
            (2, Gen.Constant(Kind.Merge)), (2, Gen.Constant(Kind.Attach)), (1, Gen.Constant(Kind.Settings)), (1, Gen.Constant(Kind.Record)), (2, Gen.Constant(Kind.Correct)))
        from path in Gen.Choose(0, Paths.Length - 1)
        from id in Gen.Choose(0, Ids.Length - 1)
        from hours in Gen.Choose(1, 80)
        from effective in Gen.Frequency((3, Gen.Constant<int?>(null)), (3, Gen.Choose(-15, 25).Select(days => (int?)days)))
        from rescinded in Gen.Frequency((7, Gen.Constant<int?>(null)), (1, Gen.Choose(0, 20).Select(days => (int?)days)))
        select new Act(kind, path, id, hours, effective, rescinded);

    [Fact]
    public void Editions_OfAnyHistory_HoldWhatTheTreesSay() =>
        Seeded.Check(Acts.ListOf(9), acts => CheckAsync([.. acts]).GetAwaiter().GetResult(), count: 12);

    private static async Task CheckAsync(Act[] acts)
    {
        using var repository = new TestRepository();
        var oracle = Commit(repository, acts);
        using var editions = await TestEdition.OpenAsync(repository);
        var today = await editions.AtAsync(oracle.Last.AddDays(60).ToString("O", CultureInfo.InvariantCulture));
        using var past = new PastEditions(long.MaxValue);
        foreach (var at in oracle.Boundaries())
        {
            foreach (var question in new[] { DateQuestion.On, DateQuestion.For })
            {
                var point = question == DateQuestion.On ? PointInTime.On(at) : PointInTime.For(at, today.At);
                var edition = await past.AtAsync(today, editions.Blobs, point, CancellationToken.None);
                var held = edition.Documents(Reader.Anyone).Select(document => $"{document.Path}={document.Version.Blob}");
                var files = edition.Files.Where(file => file.Key.Value != "library.yml").Select(file => $"{file.Key}={file.Value}");
                var expected = oracle.Held(question, at, today.At);
                Assert.True(
                    expected.SetEquals(held.Concat(files).Append("name=" + edition.Settings.Name)),
                    $"{question} {at:O}\nexpected {string.Join(", ", expected.Order())}\nheld     {string.Join(", ", held.Concat(files).Append("name=" + edition.Settings.Name).Order())}\n{string.Join('\n', acts.Select(act => act.ToString()))}");
            }
        }
    }

    /// <summary>Writes the history, and tells the oracle every tree of the line with its date.</summary>
    private static Oracle Commit(TestRepository repository, Act[] acts)
    {
        var oracle = new Oracle();
        var tree = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["library.yml"] = Settings(0), ["a.md"] = Text("A-1", 0, null, null) };
        var at = new DateTimeOffset(2026, 2, 20, 15, 0, 0, TimeSpan.Zero);
        var before = new Stack<SortedDictionary<string, string>>();
        Write("Begin", "", at);
        for (var number = 1; number <= acts.Length; number++)
        {
            var act = acts[number - 1];
            at = at.AddHours(act.Hours);
            var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Chicago).DateTime);
            var (path, id) = (Paths[act.Path], Ids[act.Id]);
            var effective = act.Effective is { } days ? day.AddDays(days) : (DateOnly?)null;
            var next = new SortedDictionary<string, string>(tree, StringComparer.Ordinal);
            var trailer = "";
            switch (act.Kind)
            {
                case Kind.Write or Kind.Merge:
                    // A number stands in one file at a time, as its owner must: else it is a matter of who keeps it.
                    Take(next, id);
                    next[path] = Text(id, number, effective, act.Rescinded is { } end ? day.AddDays(end) : null);
                    break;
                case Kind.Correct:
                    // Today's text is corrected and the waiting change published again, in two commits.
                    Take(next, id);
                    next[path] = Text(id, number, null, null);
                    Step($"Correct {number}", "", next, act.Kind);
                    at = at.AddMinutes(1);
                    next = new(tree, StringComparer.Ordinal) { [path] = Text(id, number + 100, day.AddDays(9), null) };
                    break;
                case Kind.Move when Standing(next) is { Count: > 0 } standing:
                    var from = standing[act.Id % standing.Count];
                    if (from != path)
                    {
                        var moved = next[from];
                        next.Remove(from);
                        next[path] = moved;
                    }

                    break;
                case Kind.Delete when Standing(next) is { Count: > 0 } standing:
                    next.Remove(standing[act.Id % standing.Count]);
                    break;
                case Kind.Revert when before.Count > 1:
                    before.Pop();
                    next = new(before.Peek(), StringComparer.Ordinal);
                    break;
                case Kind.Attach:
                    next["files/form.txt"] = $"form {number}";
                    trailer = effective is { } from2 ? $"Effective: {from2:yyyy-MM-dd}" : "";
                    break;
                case Kind.Settings:
                    next["library.yml"] = Settings(number);
                    trailer = effective is { } from3 ? $"Effective: {from3:yyyy-MM-dd}" : "";
                    break;
                case Kind.Record when Standing(next) is { Count: > 0 } standing:
                    // An old text is brought in, and today's put back on top.
                    var place = standing[act.Id % standing.Count];
                    var current = next[place];
                    next[place] = Text(IdOf(current), number + 200, day.AddDays(-400 - (act.Hours * 3)), null);
                    Step($"Record {number}", "Recorded-from: the binder, as recorded by Ann", next, act.Kind);
                    at = at.AddMinutes(1);
                    next = new(tree, StringComparer.Ordinal) { [place] = current };
                    break;
                default:
                    continue;
            }

            Step($"Change {number}", trailer, next, act.Kind);
        }

        return oracle;

        void Step(string message, string trailer, SortedDictionary<string, string> next, Kind kind)
        {
            if (next.SequenceEqual(tree))
            {
                return;
            }

            if (kind == Kind.Merge)
            {
                var gone = tree.Keys.Except(next.Keys).ToList();
                repository.Branch("side").Commit("Side", commit => Put(commit, next, at.AddMinutes(-30), gone), "side").Merge(message, "side", change: commit => Put(commit, next, at, gone));
                tree = next;
                Tell(trailer);
            }
            else
            {
                var previous = tree;
                tree = next;
                Write(message, trailer, at, previous);
            }
        }

        void Write(string message, string trailer, DateTimeOffset date, SortedDictionary<string, string>? previous = null)
        {
            repository.Commit(trailer.Length == 0 ? message : $"{message}\n\n{trailer}", commit => Put(commit, tree, date, previous?.Keys.Except(tree.Keys) ?? []));
            Tell(trailer);
        }

        void Tell(string trailer)
        {
            before.Push(tree);
            oracle.Add(at, tree, trailer);
        }
    }

    private static void Put(TestCommit commit, SortedDictionary<string, string> tree, DateTimeOffset date, IEnumerable<string> gone)
    {
        commit.At(date);
        foreach (var (path, text) in tree)
        {
            commit.Write(path, text);
        }

        foreach (var path in gone)
        {
            commit.Delete(path);
        }
    }

    private static void Take(SortedDictionary<string, string> tree, string id)
    {
        foreach (var path in Standing(tree).Where(path => IdOf(tree[path]) == id))
        {
            tree.Remove(path);
        }
    }

    private static List<string> Standing(SortedDictionary<string, string> tree) => [.. tree.Keys.Where(path => path.EndsWith(".md", StringComparison.Ordinal))];

    private static string IdOf(string text) => text.Split('\n').First(line => line.StartsWith("id: ", StringComparison.Ordinal))[4..];

    private static string Settings(int number) => $"name: City {number}\ntimezone: America/Chicago\n";

    private static string Text(string id, int number, DateOnly? effective, DateOnly? rescinded) =>
        $"---\nid: {id}\n{(effective is { } from ? $"effective: {from:yyyy-MM-dd}\n" : "")}{(rescinded is { } until ? $"rescinded: {until:yyyy-MM-dd}\n" : "")}---\n# {id}\n\nText {number}, of which enough stands here that no text is like another one: {string.Concat(Enumerable.Repeat(number.ToString(CultureInfo.InvariantCulture) + " ", 40))}\n";

    private enum Kind
    {
        Write,
        Move,
        Delete,
        Revert,
        Merge,
        Attach,
        Settings,
        Record,
        Correct,
    }

    private sealed record Act(Kind Kind, int Path, int Id, int Hours, int? Effective, int? Rescinded);

    /// <summary>What the trees say: for each number the texts it had, in the order of the line; for each other file likewise.</summary>
    private sealed class Oracle
    {
        private readonly Dictionary<string, List<State>> documents = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<State>> files = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<(DateTimeOffset Since, string Path)>> places = new(StringComparer.Ordinal);

        public DateTimeOffset Last { get; private set; }

        public void Add(DateTimeOffset at, SortedDictionary<string, string> tree, string trailer)
        {
            Last = at;
            var recorded = trailer.StartsWith("Recorded-from", StringComparison.Ordinal);
            DateOnly? dated = trailer.StartsWith("Effective: ", StringComparison.Ordinal) ? DateOnly.ParseExact(trailer[11..], "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
            var standing = tree.Where(entry => entry.Key.EndsWith(".md", StringComparison.Ordinal)).ToDictionary(entry => IdOf(entry.Value), entry => (entry.Key, entry.Value), StringComparer.Ordinal);
            foreach (var id in standing.Keys.Union(documents.Keys).ToList())
            {
                var (path, text) = standing.TryGetValue(id, out var found) ? (found.Key, found.Value) : (null, null);
                Take(documents, id, text, at, text is null ? null : Field(text, "effective"), text is null ? null : Field(text, "rescinded"), recorded && text is not null);
                if (path is not null)
                {
                    var stood = places.TryGetValue(id, out var known) ? known : places[id] = [];
                    if (stood.Count == 0 || stood[^1].Path != path)
                    {
                        stood.Add((at, path));
                    }
                }
            }

            foreach (var path in tree.Keys.Where(path => !path.EndsWith(".md", StringComparison.Ordinal)).Union(files.Keys).ToList())
            {
                Take(files, path, tree.GetValueOrDefault(path), at, dated, null, recorded);
            }
        }

        public IEnumerable<DateTimeOffset> Boundaries() => documents.Values.Concat(files.Values).SelectMany(states => states)
            .SelectMany(state => new[] { state.Published, state.From, state.Until ?? state.From })
            .SelectMany(instant => new[] { instant.AddTicks(-1), instant, instant.AddTicks(1) }).Distinct().Order();

        public HashSet<string> Held(DateQuestion question, DateTimeOffset at, DateTimeOffset knownAt)
        {
            var held = new Dictionary<string, ((DateTimeOffset, DateTimeOffset) Came, string Entry)>(StringComparer.Ordinal);
            foreach (var (id, states) in documents)
            {
                if (Answer(states, question, at, knownAt) is { Text: { } text } state && !(state.Until <= at))
                {
                    var when = question == DateQuestion.On ? at : knownAt;
                    var path = places[id].Last(place => place.Since <= when || place == places[id][0]).Path;
                    var came = (state.Published, places[id].Last(place => place.Path == path).Since);
                    if (!held.TryGetValue(path, out var other) || other.Came.CompareTo(came) <= 0)
                    {
                        held[path] = (came, $"{path}={Hash(text)}");
                    }
                }
            }

            var entries = held.Values.Select(pair => pair.Entry).ToHashSet(StringComparer.Ordinal);
            var name = "PolicyHub";
            foreach (var (path, states) in files)
            {
                if (Answer(states, question, at, knownAt) is { Text: { } text })
                {
                    if (path == "library.yml")
                    {
                        name = text.Split('\n')[0]["name: ".Length..];
                    }
                    else
                    {
                        entries.Add($"{path}={Hash(text)}");
                    }
                }
            }

            entries.Add("name=" + name);
            return entries;
        }

        /// <summary>The two rules, in the words of the decision record and no shorter.</summary>
        private static State? Answer(List<State> states, DateQuestion question, DateTimeOffset at, DateTimeOffset knownAt)
        {
            var read = states.LastOrDefault(state => !state.Recorded && state.Published <= at && state.From <= at);
            if (question == DateQuestion.On)
            {
                return read;
            }

            var known = states.Where(state => state.Published <= knownAt && state.From <= at).ToList();
            var since = known.Where(state => !state.Recorded && state.Published > at).OrderBy(state => state.From).LastOrDefault();
            var record = known.Where(state => state.Recorded).OrderBy(state => state.From).LastOrDefault();
            if (read is null)
            {
                return since is null || record?.From > since.From ? record : since;
            }

            var readEnded = read.Text is null || read.Until <= at;
            return since is not null && (since.From >= read.From || (readEnded && !(since.Text is null || since.Until <= at))) ? since : read;
        }

        private static void Take(Dictionary<string, List<State>> all, string key, string? text, DateTimeOffset at, DateOnly? effective, DateOnly? rescinded, bool recorded)
        {
            var states = all.TryGetValue(key, out var known) ? known : all[key] = [];
            var last = recorded ? states.LastOrDefault() : states.LastOrDefault(state => !state.Recorded);
            if (states.Count == 0 ? text is null : last is not null && last.Text == text)
            {
                return;
            }

            states.Add(new State(text, at, effective is { } day ? First(day) : at, rescinded is { } end ? First(end) : null, recorded));
        }

        private static DateOnly? Field(string text, string name) =>
            text.Split('\n').FirstOrDefault(line => line.StartsWith(name + ": ", StringComparison.Ordinal)) is { } line
                ? DateOnly.ParseExact(line[(name.Length + 2)..], "yyyy-MM-dd", CultureInfo.InvariantCulture)
                : null;

        private static DateTimeOffset First(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Chicago.GetUtcOffset(day.ToDateTime(TimeOnly.MinValue)));

        /// <summary>The name that git gives a text.</summary>
        private static string Hash(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
#pragma warning disable CA5350 // git's own name for a blob, nothing to do with trust.
            return Convert.ToHexStringLower(System.Security.Cryptography.SHA1.HashData([.. Encoding.UTF8.GetBytes($"blob {bytes.Length}\0"), .. bytes]));
#pragma warning restore CA5350
        }

        private sealed record State(string? Text, DateTimeOffset Published, DateTimeOffset From, DateTimeOffset? Until, bool Recorded);
    }
}
