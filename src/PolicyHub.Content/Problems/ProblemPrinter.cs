using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PolicyHub.Content.Problems;

/// <summary>Problems as text, in the three ways that <c>policyhub check</c> prints them. Lines end in a line feed.</summary>
public static class ProblemPrinter
{
    private static readonly JsonWriterOptions JsonOptions = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether a check with these problems fails: one error is enough.</summary>
    public static bool IsFailure(IEnumerable<Problem> problems) => problems.Any(problem => problem.Severity == Severity.Error);

    /// <summary>A line each, <c>path:line:col severity code sentence → what to do</c>, an empty line between files, and a closing count.</summary>
    public static string Plain(IEnumerable<Problem> problems)
    {
        var text = new StringBuilder();
        var all = problems.ToList();
        string? file = null;
        foreach (var problem in all)
        {
            if (file is not null && file != problem.File)
            {
                text.Append('\n');
            }

            file = problem.File;
            text.Append(CultureInfo.InvariantCulture, $"{Place(problem)} {Name(problem.Severity)} {problem.Code} {Line(problem.Sentence)} → {Line(problem.WhatToDo)}\n");
        }

        return text.Append(all.Count == 0 ? "" : "\n").Append(Count(all)).Append('\n').ToString();
    }

    /// <summary>An object of <c>problems</c> (code, severity, file, line, column, sentence, whatToDo) and their counts.</summary>
    public static string Json(IEnumerable<Problem> problems)
    {
        var all = problems.ToList();
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray("problems");
            foreach (var problem in all)
            {
                json.WriteStartObject();
                json.WriteString("code", problem.Code);
                json.WriteString("severity", Name(problem.Severity));
                json.WriteString("file", problem.File);
                json.WriteNumber("line", problem.Position.Line);
                json.WriteNumber("column", problem.Position.Column);
                json.WriteString("sentence", problem.Sentence);
                json.WriteString("whatToDo", problem.WhatToDo);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("errors", all.Count(problem => problem.Severity == Severity.Error));
            json.WriteNumber("warnings", all.Count(problem => problem.Severity == Severity.Warning));
            json.WriteNumber("notes", all.Count(problem => problem.Severity == Severity.Info));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    /// <summary>
    /// Workflow commands from which code hosts annotate lines. Values are escaped as the format asks, so that nothing an author
    /// writes can end a command or start another.
    /// </summary>
    /// <param name="folder">What stands before each path in the repository, such as <c>content/</c>; empty at its root.</param>
    public static string GitHub(IEnumerable<Problem> problems, string folder = "")
    {
        var text = new StringBuilder();
        foreach (var problem in problems)
        {
            var command = problem.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "notice" };
            text.Append(CultureInfo.InvariantCulture, $"::{command} ");
            if (problem.File.Length > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"file={Property(folder + problem.File)},");
            }

            if (problem.Position.Line > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"line={problem.Position.Line},col={Math.Max(1, problem.Position.Column)},");
            }

            text.Append(CultureInfo.InvariantCulture, $"title={Property(problem.Code)}::{Data(problem.Sentence + " " + problem.WhatToDo)}\n");
        }

        return text.ToString();
    }

    /// <summary>The closing line, such as <c>2 errors, 1 warning, 0 notes</c>.</summary>
    public static string Count(IEnumerable<Problem> problems)
    {
        var counts = problems.CountBy(problem => problem.Severity).ToDictionary();
        return string.Join(", ", new[] { Severity.Error, Severity.Warning, Severity.Info }.Select(severity => Counted(counts.GetValueOrDefault(severity), Name(severity))));
    }

    private static string Counted(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static string Place(Problem problem)
    {
        var file = problem.File.Length == 0 ? "." : Line(problem.File);
        return problem.Position.Line == 0
            ? file
            : string.Create(CultureInfo.InvariantCulture, $"{file}:{problem.Position.Line}:{Math.Max(1, problem.Position.Column)}");
    }

    private static string Name(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" };

    /// <summary>A path may hold what would break a line or steer a terminal.</summary>
    private static string Line(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
