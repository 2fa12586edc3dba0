using System.Collections.Immutable;
using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>
/// Keeps links and pictures pointing where they did when a document gets another place: its own, and those of others that lead to it. Only the bytes of the addresses are written, and
/// only of those that would lead elsewhere; the result counts only if every link leads where it should.
/// </summary>
public static class MovedLinks
{
    /// <summary>The file with its relative addresses as they have to be. Null: it is no text in which that can be done; its source may still be changed by hand.</summary>
    /// <param name="from">Where the file stood.</param>
    /// <param name="to">Where it stands; the same for one that only leads to what moved.</param>
    /// <param name="moved">Documents that moved, by the path that they had.</param>
    public static byte[]? Rewrite(ReadOnlySpan<byte> file, LibraryPath from, LibraryPath to, IReadOnlyDictionary<LibraryPath, LibraryPath> moved, LibrarySettings settings)
    {
        ArgumentNullException.ThrowIfNull(moved);
        ArgumentNullException.ThrowIfNull(settings);
        if (FrontMatter.Decode(file) is not { } text || FrontMatter.Split(text) is not { IsUnclosed: false, Body: var body } || MarkdownBody.IsTooLarge(body)
            || MarkdownBody.Prepare(body) != body || MarkdownBody.Parse(body) is not { } parsed)
        {
            return null;
        }

        var changed = new StringBuilder(body);
        foreach (var (span, url, isImage) in Addresses(parsed).Where(one => !one.Span.IsEmpty && one.Span.End < body.Length).OrderByDescending(one => one.Span.Start))
        {
            var written = body.Substring(span.Start, span.Length);
            var isPointed = written is ['<', .., '>'];
            if (Moved(isPointed ? written[1..^1] : written, url, from, to, moved, isImage) is { } other)
            {
                changed.Remove(span.Start, span.Length).Insert(span.Start, isPointed ? $"<{other}>" : other);
            }
        }

        var result = changed.ToString();
        if (MarkdownBody.Parse(result) is not { } after
            || !Addresses(parsed).Select(one => Leads(from, one.Url, one.IsImage, moved)).SequenceEqual(Addresses(after).Select(one => Leads(to, one.Url, one.IsImage, ImmutableDictionary<LibraryPath, LibraryPath>.Empty))))
        {
            return null;
        }

        var bytes = result == body ? file.ToArray() : Encoding.UTF8.GetBytes((file.StartsWith("\uFEFF"u8) ? "\uFEFF" : "") + text[..^body.Length] + result);
        return from == to ? bytes : Files(bytes, from, to, settings) is { } kept ? Redirects(kept, to, isKept: false) : null;
    }

    /// <summary>The file with an earlier address of it named under <c>redirect_from</c>, so that links to it that nobody mends still arrive. Null is answered as for <see cref="Rewrite"/>.</summary>
    public static byte[]? KeepAddress(ReadOnlySpan<byte> file, LibraryPath earlier) => Redirects(file, earlier, isKept: true);

    private static byte[]? Redirects(ReadOnlySpan<byte> file, LibraryPath place, bool isKept)
    {
        const string Field = "redirect_from";
        var yaml = FrontMatter.Decode(file) is { } text ? FrontMatter.Split(text).Yaml : null;
        var field = yaml is null ? null : (YamlTree.Read(yaml, 0).Root as YamlMap)?.Entries.FirstOrDefault(entry => entry.Key == Field);
        var addresses = (field?.Value is YamlList list ? list.Items : field is null ? [] : [field.Value]).OfType<YamlScalar>().Select(scalar => scalar.Text).ToImmutableArray();
        var others = addresses.RemoveAll(address => address.Trim('/') == place.WithoutExtension);
        return !isKept && others.Length == addresses.Length ? file.ToArray() : FrontMatterText.Set(file, Field, isKept ? others.Add($"/{place.WithoutExtension}/") : others);
    }

    /// <summary>The files that a form names.</summary>
    private static byte[]? Files(byte[] file, LibraryPath from, LibraryPath to, LibrarySettings settings)
    {
        // It may be a form by its folder, of which it comes or goes.
        if (new[] { from, to }.Select(path => DocumentReader.Read(path, file, settings).Document?.Details).OfType<FormDetails>().FirstOrDefault() is not { } form)
        {
            return file;
        }

        var changed = file;
        foreach (var (field, written) in new[] { ("file", form.File), ("sample", form.Sample) })
        {
            if (written is not null && changed is not null && !written.StartsWith('/') && from.TryResolve(written, out var target) && !Stays(from, to, target, written, isEncoded: false))
            {
                changed = FrontMatterText.Set(changed, field, Relative(to, target, written, isEncoded: false));
            }
        }

        return changed;
    }

    private static IEnumerable<(SourceSpan Span, string Url, bool IsImage)> Addresses(MarkdownDocument parsed)
    {
        foreach (var one in parsed.Descendants())
        {
            if (one is LinkInline { IsAutoLink: false, Reference: null, Url: { } url } link)
            {
                yield return (link.UrlSpan, url, link.IsImage);
            }
            else if (one is LinkReferenceDefinition { Url: { Length: > 0 } to } definition)
            {
                // Whether a picture or a link uses it makes no difference for where it leads.
                yield return (definition.UrlSpan, to, false);
            }
        }
    }

    /// <summary>What an address means, in words that can be compared; what leaves the library or is refused, as it is written.</summary>
    private static string Leads(LibraryPath at, string url, bool isImage, IReadOnlyDictionary<LibraryPath, LibraryPath> moved) =>
        LinkAddress.Of(at, url, isImage) is { Target: { } target, Anchor: var anchor } ? $"{Now(target, moved)}#{anchor}" : url;

    private static LibraryPath Now(LibraryPath target, IReadOnlyDictionary<LibraryPath, LibraryPath> moved) =>
        moved.TryGetValue(target, out var now) ? now
        : target.Extension.Length == 0 && LibraryPath.TryParse(target.Value + ".md", out var page) && moved.TryGetValue(page, out var moving) && LibraryPath.TryParse(moving.WithoutExtension, out var bare) ? bare
        : target;

    /// <summary>The address as it has to be written; null: it stays.</summary>
    private static string? Moved(string written, string url, LibraryPath from, LibraryPath to, IReadOnlyDictionary<LibraryPath, LibraryPath> moved, bool isImage)
    {
        if (LinkAddress.Of(from, url, isImage) is not { IsExternal: false, Target: { } target })
        {
            return null;
        }

        // What is written with marks of Markdown in it is taken as it is meant.
        var source = written == url ? written : url;
        var end = source.AsSpan().IndexOfAny('?', '#') is var cut and >= 0 ? cut : source.Length;
        var goal = Now(target, moved);
        var isRooted = url.StartsWith('/') || url.StartsWith("{{", StringComparison.Ordinal);
        if (goal == target && (isRooted || Stays(from, to, target, source[..end], isEncoded: true)))
        {
            return null;
        }

        return (isRooted ? "/" + Encoded(goal.Value.Split('/'), source[..end]) : Relative(to, goal, source[..end], isEncoded: true)) + source[end..];
    }

    /// <summary>Whether an address leads to the same from another place. One that was as short as can be is so again there: who moves a document and moves it back has what they had.</summary>
    private static bool Stays(LibraryPath from, LibraryPath to, LibraryPath target, string written, bool isEncoded) =>
        to.TryResolve(isEncoded ? Uri.UnescapeDataString(written) : written, out var still) && still == target && Relative(from, target, written, isEncoded) != written;

    /// <param name="written">The address that was written, the pieces of which are taken over where they still say the same.</param>
    private static string Relative(LibraryPath to, LibraryPath goal, string written, bool isEncoded)
    {
        string[] at = to.Folder.Length == 0 ? [] : to.Folder.Split('/');
        var segments = goal.Value.Split('/');
        var common = at.Zip(segments[..^1]).TakeWhile(pair => pair.First == pair.Second).Count();
        var rest = isEncoded ? Encoded(segments[common..], written) : string.Join('/', segments[common..]);
        var up = string.Concat(Enumerable.Repeat("../", at.Length - common));
        return up.Length == 0 && (written.StartsWith("./", StringComparison.Ordinal) || rest.Contains(':', StringComparison.Ordinal)) ? "./" + rest : up + rest;
    }

    private static string Encoded(string[] segments, string written)
    {
        var before = written.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var encoded = segments.Select((segment, index) =>
            segments.Length - index is var back && back <= before.Length && Uri.UnescapeDataString(before[^back]) == segment ? before[^back] : Encoded(segment));
        return string.Join('/', encoded) + (written.EndsWith('/') ? "/" : "");
    }

    /// <summary>Letters stay as people read them; what has a meaning in an address or in Markdown is encoded.</summary>
    private static string Encoded(string segment) => string.Concat(segment.Select(letter => " ()<>[]%#?\\\"&|`".Contains(letter, StringComparison.Ordinal) ? $"%{(int)letter:X2}" : letter.ToString()));
}
