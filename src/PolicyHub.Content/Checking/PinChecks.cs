using PolicyHub.Content.Problems;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Checking;

/// <summary>What is wrong with search pins: what they name, questions without words or pinned twice, and those whose time is over.</summary>
internal static class PinChecks
{
    public static IEnumerable<Problem> Run(LibraryIndex index)
    {
        var (settings, asked) = (index.Library.Settings, new Dictionary<string, Pin>(StringComparer.Ordinal));
        var analyzer = Analyzer.For(settings.Language);
        foreach (var pin in index.Library.Pins)
        {
            foreach (var (ask, key) in pin.Asks.Select(ask => (ask, PinTable.KeyOf(ask, analyzer))))
            {
                if (key.Length == 0)
                {
                    yield return ProblemCatalogue.WrongField(pin.File, pin.At, "ask", "words to search for");
                }
                else if (!asked.TryAdd(key, pin))
                {
                    yield return ProblemCatalogue.AskedTwice(pin.File, pin.At, ask, asked[key].At.Line);
                }
            }

            if (TargetChecks.Missing(index, pin.File, pin.Find) is { } missing)
            {
                yield return missing;
            }

            if (pin.Owner.Length > 0 && !settings.Positions.IsEmpty && !settings.Positions.ContainsKey(pin.Owner))
            {
                yield return ProblemCatalogue.UnknownPosition(pin.File, pin.OwnerAt, pin.Owner, settings.Positions.Keys);
            }

            if (pin.Until.Date < index.Library.Today)
            {
                yield return ProblemCatalogue.PinEnded(pin.File, pin.UntilAt, pin.Asks[0], pin.Until.Date);
            }
        }
    }
}
