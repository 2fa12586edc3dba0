using System.Collections.Immutable;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Search;

/// <summary>Reads <c>search-pins.yml</c>: a list, each entry <c>{ask: [wordings], find: PATH-or-ID#anchor, reason, until, owner}</c>.</summary>
public static class PinsReader
{
    /// <summary>The file's name, at the root of the library.</summary>
    public const string FileName = "search-pins.yml";

    private static readonly string[] Fields = ["ask", "find", "reason", "until", "owner"];

    /// <summary>Never throws; a line that says too little to count is left out and reported.</summary>
    /// <param name="bytes">Null: the file is too large to be read.</param>
    public static (ImmutableArray<Pin> Pins, ImmutableArray<Problem> Problems) Read(byte[]? bytes) => EntryFile.Read(bytes, FileName, Fields, ReadLine);

    private static Pin? ReadLine(FieldReader line)
    {
        var asks = line.List("ask");
        if (asks.IsEmpty)
        {
            line.ReportMissing("ask");
        }

        var (find, reason, owner) = (line.Required("find"), line.Required("reason"), line.Required("owner"));
        var until = line.Required("until") is null ? null : line.Moment("until");
        return asks.IsEmpty || find is null || reason is null || until is not { } last ? null : new Pin
        {
            Asks = asks,
            Find = FindTarget.Parse(find, line.At("find")),
            Reason = reason,
            Until = last,
            Owner = owner ?? "",
            File = line.File,
            At = line.Position,
            UntilAt = line.At("until"),
            OwnerAt = line.At("owner"),
        };
    }
}
