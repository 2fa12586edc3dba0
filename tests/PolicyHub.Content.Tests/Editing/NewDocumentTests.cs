using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Content.Editions;
using PolicyHub.Content.Tests.Editions;
using PolicyHub.Testing;

namespace PolicyHub.Content.Tests.Editing;

public sealed class NewDocumentTests : IDisposable
{
    private const string Settings = "kinds:\n  policies: policy\n  desks: desk\n  secret: policy\naccess:\n  secret: hr\nareas:\n  policies/water: Water\nreview-cycle: 6 months\n";

    private readonly TestRepository repository = new TestRepository()
        .Commit("One", commit => commit.Write("library.yml", Settings)
            .Write("policies/water/late.md", "---\nid: WA-009\n---\n# Late\n").Write("policies/water/old.md", "---\nid: WA-031\n---\n# Old\n").Write("policies/water/moved.md", "---\nid: WA-011\n---\n# Moved\n")
            .Write("secret/a.md", "---\nid: HR-1\n---\n# A\n").Write("desks/water.md", "# Water\n").Write("note.md", "# Note\n"))
        .Commit("Two", commit => commit.Delete("policies/water/old.md").Delete("policies/water/moved.md").Write("policies/water/else.md", "---\nid: WA-011\n---\n# Moved\n"));

    [Theory]
    [InlineData("Late", "policies/water/late-2.md")]
    [InlineData("Old", "policies/water/old-2.md")]
    [InlineData("Moved", "policies/water/moved-2.md")]
    [InlineData("Fee: “high” café & Bürger's bill", "policies/water/fee-high-cafe-burgers-bill.md")]
    [InlineData("??", "policies/water/policy.md")]
    [InlineData("Index", "policies/water/policy.md")]
    [InlineData("Taken", "policies/water/taken-3.md")]
    public async Task Begin_ATitle_IsFiledWhereNothingEverStood(string title, string path)
    {
        var begun = NewDocument.Begin(await EditionAsync(), Request(title) with { Taken = ["policies/water/taken.md", "policies/water/Taken-2.md"] });

        Assert.Equal(path, begun.Path.Value);
    }

    [Theory]
    [InlineData("policies/water", "", "WA-032")]
    [InlineData("policies/water", "WA-040", "WA-041")]
    [InlineData("policies", "", "WA-032")]
    [InlineData("desks", "", null)]
    public async Task Begin_InAFolder_TakesANumberNeverUsedBefore(string folder, string taken, string? id)
    {
        var kind = folder == "desks" ? DocumentKind.Desk : DocumentKind.Policy;
        Assert.Equal(id, NewDocument.Begin(await EditionAsync(), Request("New") with { Folder = folder, Kind = kind, Taken = [taken] }).Id);
    }

    [Fact]
    public async Task Begin_APolicy_HasItsFieldsAndHeadingsInTheOrderInWhichTheyAreRead()
    {
        var edition = await EditionAsync();
        var begun = NewDocument.Begin(edition, Request("Fee: how much") with { Desk = "water", Owner = "lead", Audience = ["counter", "phone"] });
        var document = DocumentReader.Read(begun.Path, begun.Text, edition.Settings);

        Assert.Empty(document.Problems);
        Assert.Equal(
            ("Fee: how much", "WA-032", DocumentKind.Policy, "water", "lead", "counter, phone", new DateOnly(2027, 5, 23)),
            (document.Document!.Title, document.Document.Id, document.Document.Kind, document.Document.Desk, document.Document.Owners[0], string.Join(", ", document.Document.Audience), document.Document.ReviewBy));
        Assert.Equal(
            ["Answer", "Only if", "Check", "Do", "Say", "If not, say", "Limits and who to ask", "What happens next", "Why"],
            document.Document.Body.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]));
    }

    /// <summary>Of every kind: it is read as that kind, wherever it is filed, and none of its hints can be published.</summary>
    [Fact]
    public async Task Begin_EveryKind_IsReadAsThatKindAndToldOfItsHints()
    {
        var edition = await EditionAsync();
        foreach (var kind in DocumentKinds.All)
        {
            var begun = NewDocument.Begin(edition, Request("New thing") with { Kind = kind, Folder = "" });
            var document = DocumentReader.Read(begun.Path, begun.Text, edition.Settings);
            Assert.Equal(kind, document.Document!.Kind);
            Assert.All(document.Problems, problem => Assert.Equal("missing-field", problem.Code));
            var found = new ProposedCheck(edition).Run([new ProposedFile(begun.Path, begun.Text)], Reader.Anyone);
            Assert.Contains(found.Added, problem => problem.Code == "hint-left");
            Assert.DoesNotContain("[", Hintless(begun.Text), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task FoldersFor_AKind_AreThoseThatTheReaderMayKnow()
    {
        var edition = await EditionAsync();

        Assert.Equal([new FilingFolder("policies", "policies"), new FilingFolder("policies/water", "Water")], NewDocument.FoldersFor(edition, DocumentKind.Policy, Reader.Anyone));
        Assert.Equal([new FilingFolder("", "/")], NewDocument.FoldersFor(edition, DocumentKind.Page, Reader.Anyone));
        Assert.Contains(new FilingFolder("secret", "secret"), NewDocument.FoldersFor(edition, DocumentKind.Policy, Reader.Auditor));
    }

    public void Dispose() => repository.Dispose();

    private static string Hintless(byte[] text) =>
        TemplateText.Hints(Words.English).Aggregate(Encoding.UTF8.GetString(text).Replace("[!", "", StringComparison.Ordinal), (rest, hint) => rest.Replace(hint, "", StringComparison.Ordinal));

    private static NewDocumentRequest Request(string title) => new() { Kind = DocumentKind.Policy, Title = title, Folder = "policies/water", Today = new DateOnly(2026, 11, 23) };

    private async Task<Edition> EditionAsync()
    {
        using var library = await TestEdition.OpenAsync(repository);
        return await library.AtAsync("2030-01-01T00:00Z");
    }
}
