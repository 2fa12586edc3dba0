using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Wordprocessing;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;
using PolicyHub.Testing;
using Run = DocumentFormat.OpenXml.Wordprocessing.Run;

namespace PolicyHub.Content.Tests.Editing;

public sealed class DocxImportTests
{
    [Fact]
    public void Read_WhatAPolicyIsMadeOf_IsCarriedOver()
    {
        var word = new WordFile();
        var document = Import(word
            .Paragraph("Title", "Late fees")
            .Paragraph("TOC1", "Answer 1")
            .Paragraph("Heading1", "Answer")
            .Paragraph(null, WordFile.Run("You may "), WordFile.Run("waive", new Bold()), WordFile.Run(" one fee, "), WordFile.Run("once", new Italic()), WordFile.Run(". See "), word.Link("https://riverton.example/fees", "the list"), WordFile.Run("."), word.Footnote("Code 13.08."))
            .Paragraph("Ours", "Only if")
            .Item(1, 0, "One").Item(1, 1, "Below").Item(2, 1, "Numbered").Item(1, 0, "Two")
            .Item(2, 0, "First").Item(2, 0, "Second")
            .Paragraph("Quote", "Call first.")
            .Table(["Fee", "Cost"], ["Late", "$5 | more"])
            .Paragraph(null, word.Picture("A bill")));

        Assert.Equal("Late fees", document.Title);
        Assert.Equal(
            "## Answer\n\nYou may **waive** one fee, *once*. See [the list](https://riverton.example/fees).[^1]\n\n### Only if\n\n- One\n  - Below\n\n  1. Numbered\n- Two\n\n1. First\n2. Second\n\n> Call first.\n\n| Fee | Cost |\n| --- | --- |\n| Late | $5 \\| more |\n\n![A bill](late-fees-1.png)\n\n[^1]: Code 13.08.\n",
            document.Markdown);
        Assert.Equal(("late-fees-1.png", WordFile.Dot.Length), Assert.Single(document.Files) is var file ? (file.Name, file.Bytes.Length) : default);
        Assert.Equal("contents", Assert.Single(document.Notes).Code);
        Assert.StartsWith("---\ntitle: Late fees\n---\n\n## Answer", Encoding.UTF8.GetString(document.ToFile()), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhatCannotBeCarriedOver_IsToldWithItsPlace()
    {
        var word = new WordFile();
        var document = Import(word
            .Paragraph("Heading1", "Fees")
            .Paragraph("Heading2", "Part")
            .Paragraph(null, WordFile.Run("Lined", new Underline { Val = UnderlineValues.Single }), WordFile.Run("up", new VerticalTextAlignment { Val = VerticalPositionValues.Superscript }))
            .Paragraph(null, new InsertedRun(WordFile.Run("kept")), new DeletedRun(new Run(new DeletedText("gone"))), new Run(new CommentReference { Id = "1" }))
            .Paragraph(null, word.Link("javascript:alert(1)", "no"), WordFile.Run(" "), new Hyperlink(WordFile.Run("inner")) { Anchor = "x" })
            .Item(3, 0, "Letter")
            .Paragraph(null, word.Picture("chart", isPng: false), WordFile.Run("x"))
            .Paragraph(null, word.Picture(""))
            .Add(new Table(new TableRow(new TableCell(new TableCellProperties(new VerticalMerge { Val = MergedCellValues.Restart }), new Paragraph(WordFile.Run("a"))), new TableCell(new Paragraph(WordFile.Run("b")))),
                new TableRow(new TableCell(new TableCellProperties(new VerticalMerge()), new Paragraph()), new TableCell(new Paragraph(WordFile.Run("c")))))));

        Assert.Equal("Fees", document.Title);
        Assert.Equal("## Part\n\nLinedup\n\nkept\n\nno inner\n\n1. Letter\n\nx\n\n![](late-fees-1.png)\n\n| a | b |\n| --- | --- |\n|  | c |\n", document.Markdown);
        Assert.Equal(["underline", "raised", "tracked-changes", "comment", "link", "inner-link", "letters", "picture", "picture-words", "merged-cells"], document.Notes.Select(note => note.Code));
        Assert.All(document.Notes, note => Assert.Equal("Part", note.Section));
        Assert.Equal("Linedup", document.Notes[0].Excerpt);
    }

    /// <summary>Every code that the reader can tell has words.</summary>
    [Fact]
    public void Notes_EveryCode_HasWords()
    {
        var sources = Directory.EnumerateFiles(System.IO.Path.Combine(Search.StarterLibrary.FindFolder(), "..", "src", "PolicyHub.Content", "Editing"), "Docx*.cs").Select(File.ReadAllText).ToList();
        var codes = sources.SelectMany(source => System.Text.RegularExpressions.Regex.Matches(source, "(?:Add\\((?:[^\"()]*\\? )?|: )\"(?<code>[a-z-]{4,})\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["code"].Value))
            .Where(code => Words.English.Keys.Contains($"import.note.{code}")).ToHashSet(StringComparer.Ordinal);
        var refused = sources.SelectMany(source => System.Text.RegularExpressions.Regex.Matches(source, "ImportOutcome\\(null, \"(?<code>[a-z-]+)\"", System.Text.RegularExpressions.RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["code"].Value)).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Words.English.Keys.Where(key => key.StartsWith("import.note.", StringComparison.Ordinal)).Select(key => key["import.note.".Length..]).Order(), codes.Order());
        Assert.Equal(Words.English.Keys.Where(key => key.StartsWith("import.refused.", StringComparison.Ordinal)).Select(key => key["import.refused.".Length..]).Order(), refused.Order());
    }

    [Fact]
    public void Read_ALinkWrittenAsAField_IsALink()
    {
        static Run Mark(FieldCharValues kind) => new(new FieldChar { FieldCharType = kind });
        var document = Import(new WordFile().Paragraph(
            null, Mark(FieldCharValues.Begin), new Run(new FieldCode(" HYPERLINK \"https://riverton.example/a\" ")), Mark(FieldCharValues.Separate), WordFile.Run("here"), Mark(FieldCharValues.End), WordFile.Run(", page "),
            Mark(FieldCharValues.Begin), new Run(new FieldCode(" PAGE ")), Mark(FieldCharValues.Separate), WordFile.Run("7"), Mark(FieldCharValues.End), WordFile.Run(" end")));

        Assert.Equal("[here](https://riverton.example/a), page 7 end\n", document.Markdown);
    }

    [Fact]
    public void Read_MarksOfMarkdownAndHtml_AreText()
    {
        var document = Import(new WordFile().Paragraph("Heading1", "A & <b>").Paragraph("Heading1", "B").Paragraph(null, "# not a heading, *not* bold, <script>x</script>, [no](link)"));

        Assert.Equal("", document.Title);
        Assert.Equal("## A & \\<b>\n\n## B\n\n\\# not a heading, \\*not\\* bold, \\<script>x\\</script>, \\[no\\](link)\n", document.Markdown);
    }

    [Fact]
    public void Read_NoWordFile_IsRefused()
    {
        Assert.Equal("no-document", DocxImport.Read("text"u8.ToArray(), "a").Refusal);
        Assert.Equal("no-document", DocxImport.Read([], "a").Refusal);
        Assert.Equal("no-document", DocxImport.Read(Zip(("a.txt", 10)), "a").Refusal);
        Assert.Equal("too-large", DocxImport.Read(new byte[DocxImport.Largest + 1], "a").Refusal);
    }

    [Fact]
    public void Read_AFileThatUnpacksToFarMore_IsRefused()
    {
        Assert.Equal("too-much", DocxImport.Read(Zip(("word/document.xml", 40_000_000)), "a").Refusal);
        Assert.Equal("too-much", DocxImport.Read(Zip([.. Enumerable.Range(0, 2500).Select(index => ($"{index}", 1))]), "a").Refusal);
    }

    /// <summary>Any part of a good file broken in any way: it is read or refused, and nothing is thrown.</summary>
    [Fact]
    public void Read_BrokenFiles_NeverThrows()
    {
        var good = new WordFile().Paragraph("Heading1", "A").Item(1, 0, "One").Table(["a", "b"], ["c", "d"]).Make();
        var chance = new Random(7);
        for (var round = 0; round < 300; round++)
        {
            var broken = (byte[])good.Clone();
            for (var hits = chance.Next(1, 8); hits > 0; hits--)
            {
                broken[chance.Next(broken.Length)] = (byte)chance.Next(256);
            }

            var outcome = DocxImport.Read(round % 3 == 0 ? broken[..chance.Next(broken.Length)] : broken, "a");
            Assert.True(outcome.Document is null != outcome.Refusal is null);
        }
    }

    [Theory]
    [InlineData("<w:p><w:pPr><w:numPr><w:ilvl w:val=\"99\"/><w:numId w:val=\"77\"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>")]
    [InlineData("<w:p><w:pPr><w:pStyle w:val=\"Heading9\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>")]
    [InlineData("<w:p><w:pPr><w:outlineLvl w:val=\"abc\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>")]
    [InlineData("<w:p><w:r><w:footnoteReference w:id=\"99\"/><w:t>x</w:t></w:r></w:p>")]
    [InlineData("<w:p><w:hyperlink r:id=\"nope\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>")]
    [InlineData("<w:p><w:r><w:fldChar w:fldCharType=\"end\"/><w:t>x</w:t></w:r></w:p>")]
    [InlineData("<w:p><w:r><w:rPr><w:b w:val=\"maybe\"/></w:rPr><w:t>x</w:t></w:r></w:p>")]
    [InlineData("<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"9999999\"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")]
    public void Read_OddXml_IsReadOrRefused(string xml)
    {
        var outcome = DocxImport.Read(WithBody(xml), "a");
        Assert.True(outcome.Refusal == "no-document" || outcome.Document!.Markdown.Contains('x'), outcome.Refusal);
    }

    [Fact]
    public void Read_ALinkThatIsNoAddress_IsToldAndItsWordsKept()
    {
        var bytes = new WordFile() is var word ? word.Paragraph(null, word.Link("https://riverton.example/a", "words")).Make() : [];
        var broken = Rewritten(bytes, "word/_rels/document.xml.rels", text => text.Replace("https://riverton.example/a", "mailto:a@b@c: d", StringComparison.Ordinal));
        var document = DocxImport.Read(broken, "a").Document!;

        Assert.Equal("words\n", document.Markdown);
        Assert.Equal("link", Assert.Single(document.Notes).Code);
    }

    private static ImportedDocument Import(WordFile word) => DocxImport.Read(word.Make(), "Late fees").Document!;

    private static byte[] WithBody(string xml) => Rewritten(new WordFile().Paragraph(null, "text").Make(), "word/document.xml", _ =>
        $"<?xml version=\"1.0\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>{xml}</w:body></w:document>");

    private static byte[] Rewritten(byte[] file, string part, Func<string, string> change)
    {
        using var stream = new MemoryStream();
        stream.Write(file);
        using (var package = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = package.GetEntry(part)!;
            string text;
            using (var reader = new StreamReader(entry.Open()))
            {
                text = reader.ReadToEnd();
            }

            entry.Delete();
            using var writer = new StreamWriter(package.CreateEntry(part).Open());
            writer.Write(change(text));
        }

        return stream.ToArray();
    }

    private static byte[] Zip(params (string Name, int Length)[] entries)
    {
        using var stream = new MemoryStream();
        using (var package = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, length) in entries)
            {
                using var entry = package.CreateEntry(name).Open();
                entry.Write(new byte[length]);
            }
        }

        return stream.ToArray();
    }
}
