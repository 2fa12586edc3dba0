using PolicyHub.Content.Editions;
using PolicyHub.Records.Storage;
using PolicyHub.Web.Hosting;

namespace PolicyHub.Web.Tests.Architecture;

/// <summary>The one-way arrows of src/README.md. Each rule is also run on a pair that breaks it, and must have had something to judge.</summary>
public sealed class ArrowTests
{
    /// <summary>Inside Content a folder may use only those before it.</summary>
    private static readonly string[] Order =
        ["Problems", "Git", "Documents", "Catalogue", "Rendering", "Search", "Checking", "Editions", "Comparison", "Evidence", "HistorySearch", "Approvals", "Publishing", "Editing"];

    private static readonly IReadOnlyList<(string User, string Used)> Content = TypeUses.Of(typeof(Edition).Assembly.Location);

    private static readonly IReadOnlyList<(string User, string Used)> Web = TypeUses.Of(typeof(HubApp).Assembly.Location);

    private static readonly IReadOnlyList<(string User, string Used)> Records = TypeUses.Of(typeof(RecordsDb).Assembly.Location);

    [Fact]
    public void Records_KnowNoHttpAndNoClock() => Assert.Empty(Judge(Records, LeavesRecords));

    [Theory]
    [InlineData("PolicyHub.Records.People.PeopleBook", "Microsoft.AspNetCore.Http.HttpContext", true)]
    [InlineData("PolicyHub.Records.People.PeopleBook", "PolicyHub.Web.Pages.Visit", true)]
    [InlineData("PolicyHub.Records.People.Person", "Microsoft.AspNetCore.Identity.IdentityUser`1", false)]
    [InlineData("PolicyHub.Records.Storage.RecordsOpening", "PolicyHub.Content.Git.DataFolder", false)]
    public void LeavesRecords_ByNamespace(string user, string used, bool broken) => Assert.Equal(broken, LeavesRecords(user, used));

    [Fact]
    public void Pages_AskAService_NotTheDatabase() => Assert.Empty(Judge(Web, ReachesPastRecords));

    [Theory]
    [InlineData("PolicyHub.Web.Pages.SignIn.SignInModel", "PolicyHub.Records.Storage.RecordsDb", true)]
    [InlineData("PolicyHub.Web.Pages.SignIn.SignInModel", "PolicyHub.Records.People.PeopleBook", false)]
    [InlineData("PolicyHub.Web.SignIn.SignInServices", "PolicyHub.Records.Storage.RecordsDb", false)]
    public void ReachesPastRecords_ByType(string user, string used, bool broken) => Assert.Equal(broken, ReachesPastRecords(user, used));

    [Fact]
    public void Content_UsesOnlyFoldersBeforeIt() => Assert.Equal("", string.Join("\n", Judge(Content, PointsBack)));

    [Theory]
    [InlineData("PolicyHub.Content.Git.GitProgram", "PolicyHub.Content.Editions.Edition", true)]
    [InlineData("PolicyHub.Content.Search.SearchIndex", "PolicyHub.Content.Editions.EditionBuilder", true)]
    [InlineData("PolicyHub.Content.Editions.Edition", "PolicyHub.Content.Search.SearchIndex", false)]
    public void PointsBack_ByOrder(string user, string used, bool broken) => Assert.Equal(broken, PointsBack(user, used));

    [Fact]
    public void Content_KnowsNoWebDatabaseOrUser() => Assert.Empty(Judge(Content, LeavesContent));

    [Theory]
    [InlineData("PolicyHub.Content.Editions.Edition", "Microsoft.AspNetCore.Http.HttpContext", true)]
    [InlineData("PolicyHub.Content.Editions.Edition", "System.Security.Claims.ClaimsPrincipal", true)]
    [InlineData("PolicyHub.Content.Editions.Edition", "System.TimeProvider", true)]
    [InlineData("PolicyHub.Content.Editions.Edition", "Microsoft.Data.Sqlite.SqliteConnection", true)]
    [InlineData("PolicyHub.Content.HistorySearch.HistoryIndex", "Microsoft.Data.Sqlite.SqliteConnection", false)]
    [InlineData("PolicyHub.Content.Editions.Edition", "System.DateTimeOffset", false)]
    public void LeavesContent_ByNamespace(string user, string used, bool broken) => Assert.Equal(broken, LeavesContent(user, used));

    [Fact]
    public void Pages_ReadAnEdition_NotGitOrTheIndex() => Assert.Empty(Judge(Web, ReachesPastEdition));

    [Theory]
    [InlineData("PolicyHub.Web.Pages.Read.DocumentModel", "PolicyHub.Content.Git.GitProgram", true)]
    [InlineData("PolicyHub.Web.Pages.Find.SearchModel", "PolicyHub.Content.Search.SearchIndex", true)]
    [InlineData("PolicyHub.Web.Pages.Find.SearchModel", "PolicyHub.Content.Editions.Edition", false)]
    public void ReachesPastEdition_ByType(string user, string used, bool broken) => Assert.Equal(broken, ReachesPastEdition(user, used));

    [Fact]
    public void OnlyGitProgram_StartsProcesses()
    {
        Assert.Equal(["PolicyHub.Content.Git.GitProgram"], UsersOf("System.Diagnostics.ProcessStartInfo"));
        Assert.All(UsersOf("System.Diagnostics.Process"), user => Assert.StartsWith("PolicyHub.Content.Git.", user, StringComparison.Ordinal));
    }

    private static IEnumerable<string> UsersOf(string type) =>
        Content.Concat(Web).Where(pair => pair.Used == type).Select(pair => pair.User).Distinct().Order();

    private static List<string> Judge(IReadOnlyList<(string User, string Used)> uses, Func<string, string, bool> isBroken)
    {
        Assert.True(uses.Count > 100, "Nothing to judge: the assembly was not read.");
        return [.. uses.Where(pair => isBroken(pair.User, pair.Used)).Select(pair => $"{pair.User} uses {pair.Used}")];
    }

    private static bool PointsBack(string user, string used) =>
        Place(user) is var from and >= 0 && Place(used) is var to && to > from;

    private static int Place(string type) => type.Split('.') is ["PolicyHub", "Content", var folder, _, ..] ? Array.IndexOf(Order, folder) : -1;

    private static bool LeavesContent(string user, string used) =>
        user.StartsWith("PolicyHub.Content.", StringComparison.Ordinal)
        && (used.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
            || used.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal)
            || ((used.StartsWith("System.Data.", StringComparison.Ordinal) || used.StartsWith("Microsoft.Data.", StringComparison.Ordinal))
                && !user.StartsWith("PolicyHub.Content.HistorySearch.HistoryIndex", StringComparison.Ordinal))
            || used.StartsWith("System.Net.Http.", StringComparison.Ordinal)
            || used.StartsWith("System.Security.Claims.", StringComparison.Ordinal)
            || used is "System.TimeProvider");

    private static bool LeavesRecords(string user, string used) =>
        user.StartsWith("PolicyHub.Records.", StringComparison.Ordinal)
        && (used.StartsWith("PolicyHub.Web.", StringComparison.Ordinal)
            || (used.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal) && !used.StartsWith("Microsoft.AspNetCore.Identity.", StringComparison.Ordinal)));

    private static bool ReachesPastRecords(string user, string used) =>
        (user.StartsWith("PolicyHub.Web.Pages.", StringComparison.Ordinal) || user.StartsWith("PolicyHub.Web.Api.", StringComparison.Ordinal))
        && (used == "PolicyHub.Records.Storage.RecordsDb" || used.StartsWith("Microsoft.EntityFrameworkCore.", StringComparison.Ordinal));

    private static bool ReachesPastEdition(string user, string used) =>
        (user.StartsWith("PolicyHub.Web.Pages.", StringComparison.Ordinal) || user.StartsWith("PolicyHub.Web.Api.", StringComparison.Ordinal))
        && used is "PolicyHub.Content.Search.SearchIndex" or "PolicyHub.Content.Git.GitProgram" or "PolicyHub.Content.Editions.EditionBuilder"
        && !used.Equals(user, StringComparison.Ordinal)
        && user.StartsWith("PolicyHub.Web.", StringComparison.Ordinal);
}
