using System.CommandLine;
using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;

namespace PolicyHub.Web.CommandLine;

/// <summary>
/// <c>policyhub import FILE.docx [--to PATH]</c>: a Word file as Markdown, on standard output or in a folder with its pictures, and what could not be carried over on standard error.
/// </summary>
internal static class ImportCommand
{
    private static readonly Argument<FileInfo> File = new("file") { Description = "A Word file (.docx)." };

    private static readonly Option<DirectoryInfo?> To = new("--to") { Description = "The folder to write the document and its pictures to (default: the document alone, to standard output)." };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var command = new Command("import", "Turn a Word file into a document of a library, and say what could not be carried over.") { File, To };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(File), parsed.GetValue(To), output, error, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo file, DirectoryInfo? to, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            return await ImportAsync(file, to, output, error, cancellation);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(failure.Message);
            return 1;
        }
    }

    private static async Task<int> ImportAsync(FileInfo file, DirectoryInfo? to, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var words = Words.English;
        if (!file.Exists)
        {
            await error.WriteLineAsync($"The file {file.FullName} does not exist.");
            return 1;
        }

        // One that is too large is not read at all.
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var outcome = file.Length > DocxImport.Largest ? new ImportOutcome(null, "too-large") : DocxImport.Read(await System.IO.File.ReadAllBytesAsync(file.FullName, cancellation), name);
        if (outcome.Document is not { } document)
        {
            await error.WriteLineAsync(words[$"import.refused.{outcome.Refusal}"]);
            return 1;
        }

        if (to is null)
        {
            await output.WriteAsync(System.Text.Encoding.UTF8.GetString(document.ToFile()));
        }
        else
        {
            var slug = NewDocument.Slug(name) is { Length: > 0 } written ? written : "import";
            to.Create();
            foreach (var (fileName, bytes) in document.Files.Select(picture => (picture.Name, picture.Bytes)).Append(($"{slug}.md", document.ToFile())))
            {
                var path = Path.Combine(to.FullName, fileName);
                await using var stream = new FileStream(path, FileMode.CreateNew);
                await stream.WriteAsync(bytes, cancellation);
                await output.WriteLineAsync(path);
            }
        }

        foreach (var note in document.Notes)
        {
            var place = string.Join(" · ", new[] { note.Section, note.Excerpt.Length > 0 ? $"“{note.Excerpt}”" : "" }.Where(part => part.Length > 0));
            await error.WriteLineAsync($"{words[$"import.note.{note.Code}"]}{(place.Length > 0 ? $" [{place}]" : "")}");
        }

        if (to is null && document.Files.Length > 0)
        {
            await error.WriteLineAsync(string.Format(CultureInfo.InvariantCulture, words["import.pictures-left"], document.Files.Length));
        }

        return 0;
    }
}
