using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Problems;
using PolicyHub.Content.Search;

namespace PolicyHub.Content.Checking;

/// <summary>Reads <c>search-contracts.yml</c>: a list, each entry <c>{ask, find: PATH-or-ID#anchor, top, audience?, owner}</c>.</summary>
public static class ContractsReader
{
    /// <summary>The file's name, at the root of the library.</summary>
    public const string FileName = "search-contracts.yml";

    /// <summary>Nobody reads further down a list.</summary>
    public const int LargestTop = 20;

    private static readonly string[] Fields = ["ask", "find", "top", "audience", "owner"];

    /// <summary>Never throws; a line that says too little to be held is left out and reported.</summary>
    /// <param name="bytes">Null: the file is too large to be read.</param>
    public static (ImmutableArray<Contract> Contracts, ImmutableArray<Problem> Problems) Read(byte[]? bytes) =>
        EntryFile.Read(bytes, FileName, Fields, ReadLine);

    private static Contract? ReadLine(FieldReader line)
    {
        var (ask, find, top, owner) = (line.Required("ask"), line.Required("find"), line.Required("top"), line.Required("owner"));
        var place = 0;
        if (top is not null && (!int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out place) || place is < 1 or > LargestTop))
        {
            line.Report(ProblemCatalogue.WrongTop(line.File, line.At("top"), top, LargestTop));
            place = 0;
        }

        return ask is null || find is null || place == 0 ? null : new Contract
        {
            Ask = ask,
            Find = FindTarget.Parse(find, line.At("find")),
            Top = place,
            Audience = line.Text("audience"),
            Owner = owner ?? "",
            File = line.File,
            At = line.Position,
            AudienceAt = line.At("audience"),
            OwnerAt = line.At("owner"),
        };
    }
}
