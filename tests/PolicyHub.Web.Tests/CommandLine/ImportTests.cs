using PolicyHub.Testing;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary><c>policyhub import</c> as somebody who moves policies out of Word runs it.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Import_AWordFile_WritesMarkdownAndTellsWhatIsLeftOut()
    {
        var word = new WordFile();
        await File.WriteAllBytesAsync(folder["Late Fees.docx"], word.Paragraph("Title", "Late fees: who").Paragraph("Heading1", "Answer").Paragraph("TOC1", "Contents").Paragraph(null, WordFile.Run("See "), word.Picture("A bill")).Make(), TestContext.Current.CancellationToken);

        var (exit, output, error) = await RunAsync("import", folder["Late Fees.docx"]);
        Assert.Equal((0, "---\ntitle: \"Late fees: who\"\n---\n\n## Answer\n\nSee ![A bill](late-fees-1.png)\n"), (exit, output));
        Assert.Equal("The table of contents is left out; the page makes its own. [Answer · “Contents”]\nThe file has a picture or more (1), which are only written to a folder (--to).\n", error);

        (exit, output, error) = await RunAsync("import", folder["Late Fees.docx"], "--to", folder["out"]);
        Assert.Equal((0, $"{folder["out"]}/late-fees-1.png\n{folder["out"]}/late-fees.md\n"), (exit, output));
        Assert.Equal(WordFile.Dot, await File.ReadAllBytesAsync(folder["out/late-fees-1.png"], TestContext.Current.CancellationToken));
        Assert.StartsWith("The table of contents", error, StringComparison.Ordinal);

        // Nothing that is there is ever written over.
        (exit, _, error) = await RunAsync("import", folder["Late Fees.docx"], "--to", folder["out"]);
        Assert.Equal(1, exit);
        Assert.Contains("already exists", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_WhatIsNoWordFile_SaysSo()
    {
        folder.Write("a.docx", "text");

        Assert.Equal((1, "", "This is no Word file that can be read. Open it in Word and save it as .docx.\n"), await RunAsync("import", folder["a.docx"]));
        Assert.Equal((1, "", $"The file {folder["b.docx"]} does not exist.\n"), await RunAsync("import", folder["b.docx"]));
    }

    public void Dispose() => folder.Dispose();

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) => PolicyHubProcess.RunAsync(arguments);
}
