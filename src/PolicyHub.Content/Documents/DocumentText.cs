using System.Collections.Immutable;
using PolicyHub.Content.Problems;

namespace PolicyHub.Content.Documents;

/// <summary>From the text of a file to a document.</summary>
public static partial class DocumentReader
{
    internal const int LargestFrontMatter = 64 * 1024;

    private static ReadDocument ReadText(LibraryPath path, string text, LibrarySettings settings)
    {
        var file = path.Value;
        var matter = FrontMatter.Split(text);
        if (matter.IsUnclosed)
        {
            return new ReadDocument(null, [ProblemCatalogue.FrontMatterUnclosed(file)]);
        }

        if (matter.Yaml is not { } yaml)
        {
            return new ReadDocument(WithoutFields(path, matter, settings), []);
        }

        if (yaml.Length > LargestFrontMatter)
        {
            return new ReadDocument(null, [ProblemCatalogue.FrontMatterTooLarge(file, LargestFrontMatter)]);
        }

        var (root, failure) = YamlTree.Read(yaml, linesBefore: 1);
        if (failure is not null)
        {
            return new ReadDocument(null, [ProblemCatalogue.FrontMatterUnreadable(file, failure.Position, failure.Reason)]);
        }

        switch (root)
        {
            case YamlMap map:
                var problems = ImmutableArray.CreateBuilder<Problem>();
                var positions = new FieldPositions();
                var document = ReadFields(path, new FieldReader(map, file, problems, positions), matter, settings);
                return new ReadDocument(document with { WrittenAt = positions }, problems.ToImmutable());
            case null or YamlScalar { IsNothing: true }:
                return new ReadDocument(WithoutFields(path, matter, settings), []);
            default:
                // Two rules across the page with text between them: Markdown, not fields.
                return new ReadDocument(
                    WithoutFields(path, new FrontMatter(null, text, 1, IsUnclosed: false), settings),
                    [ProblemCatalogue.FrontMatterWithoutFields(file, root.Position)]);
        }
    }

    private static Document WithoutFields(LibraryPath path, FrontMatter matter, LibrarySettings settings)
    {
        var defaults = BodyDefaults.Read(path, matter.Body, needsTitle: true);
        return new Document
        {
            Path = path,
            Title = defaults.Title,
            Summary = defaults.Summary,
            Kind = settings.KindOf(path),
            Access = settings.AccessOf(path),
            Body = matter.Body,
            BodyLine = matter.BodyLine,
        };
    }

    private static Document ReadFields(LibraryPath path, FieldReader fields, FrontMatter matter, LibrarySettings settings)
    {
        var (title, summary) = (fields.Text("title"), fields.Text("summary"));
        if (title is null || summary is null)
        {
            var defaults = BodyDefaults.Read(path, matter.Body, needsTitle: title is null);
            (title, summary) = (title ?? defaults.Title, summary ?? defaults.Summary);
        }

        var kind = ReadKind(path, fields, settings);
        return new Document
        {
            Path = path,
            Title = OneLine(title),
            Summary = OneLine(summary),
            Id = fields.Text("id"),
            Kind = kind,
            Desk = fields.Text("desk"),
            Owners = fields.List("owners", "owner"),
            Audience = fields.List("audience"),
            Access = AccessField.Of(fields) ?? settings.AccessOf(path),
            PublicShows = ReadPublicShows(fields),
            Tags = fields.List("tags"),
            AlsoKnownAs = fields.List("also-known-as"),
            Effective = fields.Moment("effective"),
            ReviewBy = fields.Date("review-by"),
            Rescinded = fields.Moment("rescinded"),
            RescindedReason = fields.Text("reason"),
            Replaces = fields.List("replaces"),
            ReplacedBy = fields.List("replaced-by"),
            LegalBasis = fields.List("legal-basis"),
            AdoptedBy = fields.Text("adopted-by"),
            Adopted = fields.Date("adopted"),
            Implements = fields.List("implements"),
            MustRead = fields.List("must-read"),
            SectionOwners = [.. fields.Map("section-owners").Select(entry => new SectionOwner(entry.Key, fields.Texts(entry.Value, $"section-owners.{entry.Key}"))).Where(owned => !owned.Positions.IsEmpty)],
            Answers = fields.Maps("answers", ReadAnswer),
            // A Jekyll page's permalink is an address that people have kept, like any other old one.
            RedirectFrom = [.. fields.List("redirect_from"), .. fields.List("permalink")],
            Details = KindFields.Read(kind, title, fields),
            Body = matter.Body,
            BodyLine = matter.BodyLine,
        };
    }

    private static DocumentKind ReadKind(LibraryPath path, FieldReader fields, LibrarySettings settings)
    {
        if (fields.Text("kind") is not { } written)
        {
            return settings.KindOf(path);
        }

        if (DocumentKinds.TryParse(written.ToLowerInvariant(), out var kind))
        {
            return kind;
        }

        fields.Report(ProblemCatalogue.UnknownKind(path.Value, fields.At("kind"), written, DocumentKinds.Slugs));
        return settings.KindOf(path);
    }

    /// <summary>What cannot be read is not shown.</summary>
    private static ImmutableArray<string> ReadPublicShows(FieldReader fields)
    {
        var written = fields.List("public-shows");
        foreach (var name in written.Except(StaffParts.Names, StringComparer.Ordinal))
        {
            fields.Report(ProblemCatalogue.UnknownStaffPart(fields.File, fields.At("public-shows"), name, StaffParts.Names));
        }

        return [.. written.Intersect(StaffParts.Names, StringComparer.Ordinal)];
    }

    private static DirectAnswer? ReadAnswer(FieldReader fields)
    {
        var (ask, say) = (fields.Required("ask"), fields.Required("say"));
        return ask is null || say is null
            ? null
            : new DirectAnswer(ask, say, fields.Text("only-if"), fields.Text("section")?.TrimStart('#'));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
