using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PolicyHub.Content.Publishing;

/// <summary>
/// All that one approval is for. One step, or more where a correction of today's text carries upcoming texts along: the correction now, and each
/// upcoming text with the correction merged in, published one after the other.
/// </summary>
public sealed record ChangeSet
{
    /// <summary>Today's text, and what may wait for days to come at one path.</summary>
    public const int MostSteps = 9;

    private const string Format = "policyhub-change-set 1";

    /// <summary>In the order in which they are published; at least one.</summary>
    public required ImmutableArray<ChangeStep> Steps { get; init; }

    /// <summary>
    /// What is signed: the SHA-256, as 64 lower-case hex digits, of the UTF-8 text that lists the change set. That is the line
    /// <c>policyhub-change-set 1</c>, then for each step the line <c>step</c>, <c>note</c> and <c>why</c> with their length in bytes on the line
    /// and their text after it, <c>effective MOMENT</c> where there is one, and by path, in ordinal order,
    /// <c>path MODE BASE NEW PATH</c> (a dash for no text), <c>minor PATH</c> and <c>must-read AUDIENCES PATH</c>, each on a line.
    /// A single different byte of any text, a date, a note or a reader gives another hash; so does another format.
    /// </summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Listing)));

    /// <summary>What is hashed, for those who verify it by other means.</summary>
    public string Listing
    {
        get
        {
            var text = new StringBuilder(Format).Append('\n');
            foreach (var step in Steps)
            {
                text.Append("step\n");
                AppendText(text, "note", step.Note);
                AppendText(text, "why", step.Why);
                if (step.Effective is { } moment)
                {
                    text.Append(CultureInfo.InvariantCulture, $"effective {moment}\n");
                }

                foreach (var path in step.Paths.OrderBy(path => path.Path))
                {
                    text.Append(CultureInfo.InvariantCulture, $"path {ChangedPath.Mode} {path.Base?.Hex ?? "-"} {path.New?.Hex ?? "-"} {path.Path}\n");
                }

                foreach (var path in step.Minor)
                {
                    text.Append(CultureInfo.InvariantCulture, $"minor {path}\n");
                }

                foreach (var (path, audiences) in step.MustRead)
                {
                    text.Append(CultureInfo.InvariantCulture, $"must-read {string.Join(',', audiences)} {path}\n");
                }
            }

            return text.ToString();
        }
    }

    /// <summary>What every path was before the first step, to be compared with what is published.</summary>
    public ImmutableSortedDictionary<LibraryPath, Git.BlobId?> Bases => Steps
        .SelectMany(step => step.Paths)
        .GroupBy(path => path.Path)
        .ToImmutableSortedDictionary(group => group.Key, group => group.First().Base);

    /// <summary>What is wrong with a change set itself, as a sentence; null: nothing.</summary>
    public string? Fault =>
        Steps.IsEmpty || Steps.Any(step => step.Paths.IsEmpty) ? "A change changes at least one document or file."
        : Steps.Length > MostSteps ? $"A change has at most {MostSteps} texts of one document."
        : Steps.FirstOrDefault(step => step.Paths.DistinctBy(path => path.Path).Count() < step.Paths.Length) is not null ? "Each path stands once in a step."
        : Steps.Any(step => string.IsNullOrWhiteSpace(step.Note) || step.Note.Any(char.IsControl)) ? "A change says in one line what staff do differently from now on."
        : Steps.SelectMany(step => step.MustRead.Values).SelectMany(audiences => audiences).Any(audience => !IsSlug(audience)) ? "An audience is named by its short name."
        : FirstBroken() is { } broken ? $"What a later step changes at {broken} is not what the one before leaves there."
        : null;

    /// <summary>A later step goes on from what the earlier leaves.</summary>
    private LibraryPath? FirstBroken()
    {
        var left = new Dictionary<LibraryPath, Git.BlobId?>();
        foreach (var path in Steps.SelectMany(step => step.Paths))
        {
            if (left.TryGetValue(path.Path, out var there) && there != path.Base)
            {
                return path.Path;
            }

            left[path.Path] = path.New;
        }

        return null;
    }

    private static bool IsSlug(string text) => text.Length is > 0 and <= 100 && text.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_');

    private static void AppendText(StringBuilder text, string name, string value) =>
        text.Append(CultureInfo.InvariantCulture, $"{name} {Encoding.UTF8.GetByteCount(value)}\n{value}\n");
}
