using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace PolicyHub.Content.Editing;

/// <summary>Something of a file that could not be carried over, or not as it was.</summary>
/// <param name="Code">What; <c>import.note.CODE</c> in the words says it to a person.</param>
/// <param name="Section">The heading under which it stands; empty above the first.</param>
/// <param name="Excerpt">The first words of where it stands; may be empty.</param>
public sealed record ImportNote(string Code, string Section, string Excerpt);

/// <summary>A picture of an imported file.</summary>
/// <param name="Name">Its file name beside the document, as the Markdown names it.</param>
public sealed record ImportedFile(string Name, byte[] Bytes);

/// <summary>A file of an office program as Markdown.</summary>
/// <param name="Title">Empty where the file names none.</param>
/// <param name="Markdown">The body, its headings from the second level on, as the title is the first; lines end in line feeds.</param>
public sealed record ImportedDocument(string Title, string Markdown, ImmutableArray<ImportedFile> Files, ImmutableArray<ImportNote> Notes)
{
    /// <summary>The same with its pictures named after another document.</summary>
    /// <param name="isTaken">Whether a file name is in use beside it.</param>
    public ImportedDocument NamedAfter(string stem, Func<string, bool> isTaken)
    {
        ArgumentNullException.ThrowIfNull(isTaken);
        var (markdown, files, number) = (Markdown, ImmutableArray.CreateBuilder<ImportedFile>(), 0);
        foreach (var file in Files)
        {
            string name;
            do
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{stem}-{++number}{System.IO.Path.GetExtension(file.Name)}");
            }
            while (isTaken(name));
            markdown = markdown.Replace($"]({file.Name})", $"]({name})", StringComparison.Ordinal);
            files.Add(file with { Name = name });
        }

        return this with { Markdown = markdown, Files = files.ToImmutable() };
    }

    /// <summary>A file of a library: the title as a field, and the body.</summary>
    public byte[] ToFile()
    {
        var body = Encoding.UTF8.GetBytes(Markdown);
        return Title.Length == 0 ? body : FrontMatterText.Set([.. "---\n---\n\n"u8, .. body], "title", Title) ?? body;
    }
}

/// <summary>What became of an import.</summary>
/// <param name="Document">Null: it was refused.</param>
/// <param name="Refusal">Why, as <c>import.refused.REFUSAL</c> in the words says it; null: it was not.</param>
public sealed record ImportOutcome(ImportedDocument? Document, string? Refusal);
