using System.Collections.Immutable;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Catalogue;

/// <summary>
/// A commit message taken apart: subject, body and trailers. Trailers are the last paragraph when every line of it is
/// <c>Key: value</c>, a continuation that starts with a space, or git's own note of a cherry-pick; read here rather than by git, so that a
/// repository's configuration cannot change what counts.
/// </summary>
public sealed record CommitMessage(string Subject, string Body, ImmutableArray<Trailer> Trailers)
{
    private const string MinorChange = "minor ";

    /// <summary>Never throws; a message may be empty.</summary>
    public static CommitMessage Parse(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd()).ToList();
        var paragraphs = Paragraphs(lines);
        if (paragraphs.Count == 0)
        {
            return new CommitMessage("", "", []);
        }

        var trailers = paragraphs.Count > 1 ? ReadTrailers(lines[paragraphs[^1]]) : [];
        var end = trailers.IsEmpty ? paragraphs[^1].End.Value : paragraphs[^2].End.Value;
        var start = Math.Min(paragraphs[0].End.Value, end);
        return new CommitMessage(
            string.Join(' ', lines[paragraphs[0]].Select(line => line.Trim())),
            string.Join('\n', lines[start..end]).Trim('\n'),
            trailers);
    }

    /// <summary>The paths that a commit's trailers call minor changes (<c>Change: minor PATH</c>).</summary>
    public static ImmutableHashSet<string> MinorPaths(ImmutableArray<Trailer> trailers) =>
    [
        .. trailers
            .Where(trailer => Is(trailer, "Change") && trailer.Value.StartsWith(MinorChange, StringComparison.OrdinalIgnoreCase))
            .Select(trailer => trailer.Value[MinorChange.Length..].Trim()),
    ];

    /// <summary>Who must read which path, by the trailers <c>Must-read: PATH: AUDIENCE, AUDIENCE</c>; what is not written so is passed over.</summary>
    public static ImmutableSortedDictionary<LibraryPath, ImmutableSortedSet<string>> MustReadOf(ImmutableArray<Trailer> trailers)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<LibraryPath, ImmutableSortedSet<string>>();
        foreach (var trailer in trailers.Where(trailer => Is(trailer, "Must-read")))
        {
            // From the right: a path may hold a colon, an audience can't.
            var colon = trailer.Value.LastIndexOf(':');
            if (colon > 0 && LibraryPath.TryParse(trailer.Value[..colon].Trim(), out var path))
            {
                found[path] = [.. trailer.Value[(colon + 1)..].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The first <c>Effective</c> trailer that is a moment; null when there is none.</summary>
    public static DeclaredMoment? EffectiveOf(ImmutableArray<Trailer> trailers)
    {
        foreach (var trailer in trailers)
        {
            if (Is(trailer, "Effective") && DeclaredMoment.TryParse(trailer.Value, out var moment))
            {
                return moment;
            }
        }

        return null;
    }

    /// <summary>The author's date of a commit, as a moment.</summary>
    public static DeclaredMoment AuthoredOf(PublishedCommit commit) => new(
        DateOnly.FromDateTime(commit.Authored.UtcDateTime), TimeOnly.FromDateTime(commit.Authored.UtcDateTime), TimeSpan.Zero);

    /// <summary>What the first <c>Recorded-from</c> trailer says; null when there is none.</summary>
    public static string? RecordedFromOf(ImmutableArray<Trailer> trailers)
    {
        foreach (var trailer in trailers)
        {
            if (Is(trailer, "Recorded-from") && trailer.Value.Length > 0)
            {
                return trailer.Value;
            }
        }

        return null;
    }

    /// <summary>The paths whose text, as it stands in the commit and stood before it, is approved with it (<c>Approves: PATH</c>).</summary>
    public static ImmutableSortedSet<LibraryPath> ApprovesOf(ImmutableArray<Trailer> trailers)
    {
        var found = ImmutableSortedSet.CreateBuilder<LibraryPath>();
        foreach (var trailer in trailers.Where(trailer => Is(trailer, "Approves")))
        {
            if (LibraryPath.TryParse(trailer.Value, out var path))
            {
                found.Add(path);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Whether the commit says which revision of a proposal it publishes, or takes back.</summary>
    public static bool NamesRevision(ImmutableArray<Trailer> trailers) => trailers.Any(trailer => Is(trailer, "Proposal-revision") || Is(trailer, "Takes-back"));

    /// <summary>Whether the commit says that it was published through a proposal.</summary>
    public static bool NamesProposal(ImmutableArray<Trailer> trailers) => trailers.Any(trailer => Is(trailer, "Proposal"));

    private static bool Is(Trailer trailer, string key) => trailer.Key.Equals(key, StringComparison.OrdinalIgnoreCase);

    private static List<Range> Paragraphs(List<string> lines)
    {
        var paragraphs = new List<Range>();
        var start = -1;
        for (var index = 0; index <= lines.Count; index++)
        {
            var empty = index == lines.Count || lines[index].Length == 0;
            if (!empty && start < 0)
            {
                start = index;
            }
            else if (empty && start >= 0)
            {
                paragraphs.Add(start..index);
                start = -1;
            }
        }

        return paragraphs;
    }

    private static ImmutableArray<Trailer> ReadTrailers(List<string> lines)
    {
        var trailers = ImmutableArray.CreateBuilder<Trailer>();
        foreach (var line in lines)
        {
            if (char.IsWhiteSpace(line[0]))
            {
                if (trailers.Count == 0)
                {
                    return [];
                }

                trailers[^1] = trailers[^1] with { Value = $"{trailers[^1].Value} {line.Trim()}" };
            }
            else if (KeyLength(line) is var length and > 0)
            {
                trailers.Add(new Trailer(line[..length], line[(length + 1)..].Trim()));
            }
            else if (!line.StartsWith("(cherry picked from commit ", StringComparison.Ordinal))
            {
                return [];
            }
        }

        return trailers.ToImmutable();
    }

    private static int KeyLength(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || (colon + 1 < line.Length && line[colon + 1] is not (' ' or '\t')))
        {
            return 0;
        }

        for (var index = 0; index < colon; index++)
        {
            if (!char.IsAsciiLetterOrDigit(line[index]) && line[index] != '-')
            {
                return 0;
            }
        }

        return colon;
    }
}
