using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;

namespace PolicyHub.Content.Editing;

/// <summary>What an author says of a document that is not there yet.</summary>
public sealed record NewDocumentRequest
{
    public required DocumentKind Kind { get; init; }

    public required string Title { get; init; }

    /// <summary>Where it is filed, one of <see cref="NewDocument.FoldersFor"/>; empty: the root.</summary>
    public required string Folder { get; init; }

    /// <summary>Today, in the organisation's zone.</summary>
    public required DateOnly Today { get; init; }

    public string? Desk { get; init; }

    /// <summary>A position.</summary>
    public string? Owner { get; init; }

    public ImmutableArray<string> Audience { get; init; } = [];

    /// <summary>Paths and numbers that other changes under way have taken.</summary>
    public ImmutableArray<string> Taken { get; init; } = [];
}

/// <summary>A folder that a kind of document may be filed in.</summary>
/// <param name="Name">What the home page calls it; the folder where it has no name.</param>
public sealed record FilingFolder(string Folder, string Name);

/// <summary>A document that begins: where it is filed, its number, and the text that its author fills in.</summary>
/// <param name="Id">Null where documents of its folder have none.</param>
public sealed record NewDocument(LibraryPath Path, string? Id, byte[] Text)
{
    private const int LongestSlug = 60;

    /// <summary>The fields that a kind wants beside those of all, in the order in which they are written.</summary>
    private static readonly Dictionary<DocumentKind, string[]> Wanted = new()
    {
        [DocumentKind.Policy] = ["legal-basis", "adopted-by"],
        [DocumentKind.Charter] = ["adopted-by", "adopted", "legal-basis", "promises"],
        [DocumentKind.Process] = ["steps"],
        [DocumentKind.Standard] = ["times", "basic", "exceptional"],
        [DocumentKind.Authority] = ["limits"],
        [DocumentKind.Form] = ["file", "sample"],
        [DocumentKind.Term] = ["instead-of", "plain"],
        [DocumentKind.Desk] = ["phone", "extension", "email", "hours", "transfer", "address", "after-hours", "covered-by", "handles", "not-ours"],
        [DocumentKind.System] = ["for", "url", "access-by", "when-down"],
        [DocumentKind.Notice] = ["from", "until", "say", "do-not-promise", "overrides"],
    };

    /// <summary>The folders that hold a kind by <c>library.yml</c>, and those below them that are there, as far as the reader may know of them; the root where none does.</summary>
    public static ImmutableArray<FilingFolder> FoldersFor(Edition edition, DocumentKind kind, Reader reader)
    {
        ArgumentNullException.ThrowIfNull(edition);
        var settings = edition.Settings;
        var there = edition.Documents(reader).Select(document => document.Path.Folder);
        var folders = settings.Kinds.Where(pair => pair.Value == kind).Select(pair => pair.Key)
            .Concat(there)
            .Distinct(StringComparer.Ordinal)
            .Where(folder => KindOf(settings, folder) == kind && edition.MayKnow(In(folder, "x.md"), reader))
            .Order(StringComparer.Ordinal)
            .ToList();
        var names = settings.Areas.ToDictionary(area => area.Key, area => area.Value, StringComparer.Ordinal);
        return folders.Count == 0 ? [new FilingFolder("", "/")] : [.. folders.Select(folder => new FilingFolder(folder, names.GetValueOrDefault(folder, folder.Length == 0 ? "/" : folder)))];
    }

    /// <summary>Begins a document. Nothing is written anywhere.</summary>
    /// <exception cref="ArgumentException">The folder is no path inside the library.</exception>
    public static NewDocument Begin(Edition edition, NewDocumentRequest request)
    {
        ArgumentNullException.ThrowIfNull(edition);
        ArgumentNullException.ThrowIfNull(request);
        if (request.Folder.Length > 0 && !LibraryPath.TryParse(request.Folder, out _))
        {
            throw new ArgumentException($"“{request.Folder}” is no folder of a library.", nameof(request));
        }

        var path = FreePath(edition, request);
        var id = NextId(edition, request);
        return new NewDocument(path, id, Encoding.UTF8.GetBytes(Write(edition.Settings, request, id)));
    }

    /// <summary>The same with another body in the place of its template.</summary>
    public NewDocument With(string markdown)
    {
        var text = Encoding.UTF8.GetString(Text);
        return this with { Text = Encoding.UTF8.GetBytes($"{text[..(text.Length - FrontMatter.Split(text).Body.Length)]}\n{markdown}") };
    }

    /// <summary>The file name that a title gives: letters without accents, digits, dashes; empty where it has none of them.</summary>
    public static string Slug(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var slug = new StringBuilder();
        foreach (var letter in title.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(char.ToLowerInvariant(letter));
            }
            else if (letter is not ('\'' or '’') && CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && slug is [.., not '-'])
            {
                slug.Append('-');
            }
        }

        var whole = slug.ToString().Trim('-');
        return whole.Length <= LongestSlug ? whole
            : whole[..(LongestSlug + 1)].LastIndexOf('-') is var dash and > LongestSlug / 2 ? whole[..dash] : whole[..LongestSlug];
    }

    /// <summary>A path where nothing stands, ever stood or is about to: an old address leads to what stood there.</summary>
    private static LibraryPath FreePath(Edition edition, NewDocumentRequest request)
    {
        var taken = edition.Catalogue.Documents.SelectMany(history => history.Paths.Select(span => span.Path.WithoutExtension))
            .Concat(edition.Catalogue.Files.Keys.Select(path => path.WithoutExtension))
            .Concat(edition.All.SelectMany(document => document.Document.RedirectFrom.Select(address => address.Trim('/'))))
            .Concat(request.Taken.Select(path => LibraryPath.TryParse(path, out var parsed) ? parsed.WithoutExtension : path))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var name = Slug(request.Title) is { Length: > 0 } slug and not ("index" or "readme") ? slug : request.Kind.Slug();
        for (var number = 1; ; number++)
        {
            var path = In(request.Folder, number == 1 ? $"{name}.md" : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}.md"));
            if (!taken.Contains(path.WithoutExtension))
            {
                return path;
            }
        }
    }

    /// <summary>The number after the highest that the prefix of its folder ever had, or of its kind where the folder is empty; null where there is no such prefix.</summary>
    private static string? NextId(Edition edition, NewDocumentRequest request)
    {
        var inFolder = edition.Catalogue.Documents.Where(history => history.Path.Folder == request.Folder).Select(history => history.Id);
        var ofKind = edition.All.Where(document => document.Kind == request.Kind).Select(document => document.Document.Id);
        if ((PrefixOf(inFolder) ?? PrefixOf(ofKind)) is not { } prefix)
        {
            return null;
        }

        var used = edition.Catalogue.Documents.SelectMany(history => new[] { history.Id, history.CarriedId })
            .Concat(edition.All.Select(document => document.Document.Id))
            .Concat(request.Taken)
            .Select(Parse).OfType<(string Prefix, int Number, int Width)>()
            .Where(id => id.Prefix.Equals(prefix, StringComparison.OrdinalIgnoreCase)).ToList();
        return prefix + (used.Max(id => id.Number) + 1).ToString("D" + used.Max(id => id.Width).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string? PrefixOf(IEnumerable<string?> ids) =>
        ids.Select(Parse).OfType<(string Prefix, int Number, int Width)>().GroupBy(id => id.Prefix, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).FirstOrDefault()?.Key;

    /// <summary>A number such as <c>UB-014</c>: what stands before its digits, and those.</summary>
    private static (string Prefix, int Number, int Width)? Parse(string? id)
    {
        var digits = id is null ? 0 : id.Length - id.AsSpan().TrimEnd("0123456789").Length;
        return digits is > 0 and < 9 && digits < id!.Length ? (id[..^digits], int.Parse(id.AsSpan(id.Length - digits), NumberStyles.None, CultureInfo.InvariantCulture), digits) : null;
    }

    private static string Write(LibrarySettings settings, NewDocumentRequest request, string? id)
    {
        var fields = new List<(string Name, YamlNode? Value)>
        {
            ("title", YamlText.Text(request.Title.ReplaceLineEndings(" ").Trim())),
            ("summary", null),
            ("id", id is null ? null : YamlText.Text(id)),
            ("kind", KindOf(settings, request.Folder) == request.Kind ? null : YamlText.Text(request.Kind.Slug())),
            ("desk", request.Desk is { Length: > 0 } desk ? YamlText.Text(desk) : null),
            ("owner", request.Owner is { Length: > 0 } owner ? YamlText.Text(owner) : null),
            ("audience", request.Audience.IsEmpty ? null : new YamlList(default, [.. request.Audience.Select(YamlText.Text)])),
            ("also-known-as", null),
            ("review-by", YamlText.Plain(new DeclaredMoment(request.Today.AddMonths(settings.ReviewCycleMonths)).ToString())),
        };
        fields.RemoveAll(field => field is { Name: "id" or "kind", Value: null });
        fields.AddRange(Wanted.GetValueOrDefault(request.Kind, []).Select(name => (name, (YamlNode?)null)));
        var lines = fields.SelectMany(field => field.Value is null ? [field.Name + ":"] : YamlText.Field(field.Name, field.Value, 0));
        return $"---\n{string.Join('\n', lines)}\n---\n\n{TemplateText.Of(request.Kind, settings.Words)}";
    }

    private static DocumentKind KindOf(LibrarySettings settings, string folder) => settings.KindOf(In(folder, "x.md"));

    private static LibraryPath In(string folder, string name) => LibraryPath.Parse(folder.Length == 0 ? name : $"{folder}/{name}");
}
