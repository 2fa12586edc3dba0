namespace PolicyHub.Content.Tests.Search;

/// <summary>What the owners of the starter library promise that search finds.</summary>
public sealed class ContractTests
{
    [Fact]
    public void Search_EveryContract_Holds()
    {
        var library = StarterLibrary.Instance;
        var broken = library.Contracts.Where(contract => library.PlaceOf(contract.Ask, contract.Find.Document) is var place && (place == 0 || place > contract.Top));
        Assert.True(library.Contracts.Length >= 60);
        Assert.Empty(broken);
    }
}
