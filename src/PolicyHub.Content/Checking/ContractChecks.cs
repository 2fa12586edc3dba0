using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Checking;

/// <summary>What is wrong with search contracts before any of them is run: names, and questions that come twice. What they find is <see cref="ContractRun"/>'s.</summary>
internal static class ContractChecks
{
    public static IEnumerable<Problem> Run(LibraryIndex index)
    {
        var asked = new Dictionary<(string Ask, string? Audience), Contract>();
        var settings = index.Library.Settings;
        foreach (var contract in index.Library.Contracts)
        {
            if (!asked.TryAdd((contract.Ask.ToLowerInvariant(), contract.Audience), contract))
            {
                yield return ProblemCatalogue.AskedTwice(contract.File, contract.At, contract.Ask, asked[(contract.Ask.ToLowerInvariant(), contract.Audience)].At.Line);
            }

            if (contract.Audience is { } audience && !settings.Audiences.IsEmpty && !settings.Audiences.ContainsKey(audience))
            {
                yield return ProblemCatalogue.UnknownAudience(contract.File, contract.AudienceAt, audience, settings.Audiences.Keys);
            }

            if (contract.Owner.Length > 0 && !settings.Positions.IsEmpty && !settings.Positions.ContainsKey(contract.Owner))
            {
                yield return ProblemCatalogue.UnknownPosition(contract.File, contract.OwnerAt, contract.Owner, settings.Positions.Keys);
            }
        }
    }
}
