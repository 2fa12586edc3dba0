using System.Reflection;

namespace PolicyHub.Content.Evidence;

/// <summary><c>VERIFY.md</c>: how a pack is checked without PolicyHub, with what this one needs said put in.</summary>
internal static class VerifyText
{
    private static readonly Lazy<string> Template = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("evidence-verify.md")
            ?? throw new InvalidOperationException("evidence-verify.md is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    });

    public static string Of(PackList list)
    {
        var parts = list.Documents.Concat(list.Attachments).Count(file => !file.Complete);
        return Template.Value
            .Replace("{{head}}", list.Head.Commit, StringComparison.Ordinal)
            .Replace("{{format}}", list.ObjectFormat, StringComparison.Ordinal)
            .Replace("{{hash}}", list.ObjectFormat == "sha256" ? "SHA-256" : "SHA-1", StringComparison.Ordinal)
            .Replace("{{left-out}}", parts == 0 ? Whole : Part(parts, list), StringComparison.Ordinal);
    }

    private const string Whole = "This pack holds every object of the way from each commit to its text: nothing was left out.";

    private static string Part(int parts, PackList list) =>
        $"""
        For {parts} of the texts and files in this pack, objects on the way were left out ({list.LeftOut.Commits.Length} commits, {list.LeftOut.Trees.Length} trees; `pack.json`
        names them): a tree names all files beside the one that is proved, and the message of a commit may name all that it did, so they go in only
        where the person who asked for the pack may see all of that. Step 3 says “not in this pack” for these texts. Whoever has a copy of the repository
        can do without: step 4 looks there.
        """;
}
