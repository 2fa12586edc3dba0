using System.Collections.Immutable;
using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editing;

namespace PolicyHub.Web.Propose;

/// <summary>What is said about a document, as fields of a form; nobody meets how it is written in its file.</summary>
public static class DetailsForm
{
    /// <summary>Answers in one form.</summary>
    public const int MostAnswers = 30;

    /// <summary>Sections with owners of their own, in one form.</summary>
    public const int MostSections = 100;

    /// <summary>Before the names of what only one kind of document has.</summary>
    public const string KindPrefix = "k:";

    private const int Longest = 4_000;

    private const int LongestLines = 40_000;

    /// <summary>The file with the fields of a form; only those that say something else than before are written.</summary>
    /// <param name="wrong">By the name of a field, why it is not taken: the key of a word.</param>
    /// <returns>The file; null: a field is wrong, or the file cannot be written in this way.</returns>
    public static byte[]? Apply(byte[] file, Document before, IFormCollection form, LibrarySettings settings, Dictionary<string, string> wrong)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(wrong);
        var text = file;
        void Put(string field, byte[]? changed)
        {
            if (changed is null)
            {
                wrong[field] = "edit.wrong.fields";
            }
            else
            {
                text = changed;
            }
        }

        void Text(string field, string? old, bool isNeeded = false)
        {
            if (One(form, field) is { } now && now != (old ?? ""))
            {
                if (isNeeded && now.Length == 0)
                {
                    wrong[field] = "edit.wrong.needed";
                }
                else
                {
                    Put(field, FrontMatterText.Set(text, field, now));
                }
            }
        }

        void List(string field, ImmutableArray<string> old, IEnumerable<string>? now)
        {
            var list = now?.Select(Line).Where(one => one.Length > 0).Distinct(StringComparer.Ordinal).ToImmutableArray();
            if (list is { } written && !written.SequenceEqual(old))
            {
                Put(field, FrontMatterText.Set(text, field, written));
            }
        }

        Text("title", before.Title, isNeeded: true);
        Text("id", before.Id);
        Text("desk", before.Desk);
        List("owners", before.Owners, form.ContainsKey("owners") ? form["owners"].OfType<string>() : null);

        if (SectionOwners(form) is { } sections && !sections.Select(Written).SequenceEqual(before.SectionOwners.Select(Written)))
        {
            Put("section-owners", FrontMatterText.SetSectionOwners(text, sections));
        }

        // A form sends nothing of boxes that are all empty.
        List("audience", before.Audience, form.ContainsKey("audience-asked") ? Chosen(before.Audience, form["audience"], settings) : null);
        List("also-known-as", before.AlsoKnownAs, Lines(form, "also-known-as"));
        List("legal-basis", before.LegalBasis, Lines(form, "legal-basis"));
        Moment("effective", before.Effective?.ToString() ?? "", isDay: false);
        Moment("review-by", before.ReviewBy?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", isDay: true);
        Moment("rescinded", before.Rescinded?.ToString() ?? "", isDay: false);
        Text("reason", before.RescindedReason);
        List("replaced-by", before.ReplacedBy, Lines(form, "replaced-by"));
        if (Answers(form) is { } answers && !answers.SequenceEqual(before.Answers))
        {
            if (answers.Any(answer => answer.Ask.Length == 0 || answer.Say.Length == 0))
            {
                wrong["answers"] = "edit.wrong.answers";
            }
            else
            {
                Put("answers", FrontMatterText.Set(text, answers));
            }
        }

        if (wrong.Count == 0 && KindForm.Apply(text, before.Kind, name => form.TryGetValue(KindPrefix + name, out var value) ? Cut(value.ToString()) : null) is { } whole)
        {
            text = whole;
        }
        else if (wrong.Count == 0)
        {
            wrong["kind"] = "edit.wrong.fields";
        }

        return wrong.Count == 0 ? text : null;

        void Moment(string field, string old, bool isDay)
        {
            if (One(form, field) is not { } now || now == old)
            {
                return;
            }

            if (now.Length == 0)
            {
                Put(field, FrontMatterText.Remove(text, field));
            }
            else if (!DeclaredMoment.TryParse(now, out var moment) || (isDay && !DateOnly.TryParseExact(now, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)))
            {
                wrong[field] = "edit.wrong.date";
            }
            else
            {
                Put(field, FrontMatterText.Set(text, field, moment));
            }
        }
    }

    private static string Written(SectionOwner owned) => $"{owned.Anchor}: {string.Join(", ", owned.Positions)}";

    /// <summary>A row for each section and position; a row of which one is missing says nothing. Null: the form has none.</summary>
    private static ImmutableArray<SectionOwner>? SectionOwners(IFormCollection form) => !form.ContainsKey("owned-section") ? null :
    [
        .. form["owned-section"].Zip(form["section-owner"]).Take(MostSections).Select(row => (Anchor: Line(row.First ?? ""), Position: Line(row.Second ?? ""))).Where(row => row is { Anchor.Length: > 0, Position.Length: > 0 })
            .GroupBy(row => row.Anchor).Select(group => new SectionOwner(group.Key, [.. group.Select(row => row.Position).Distinct(StringComparer.Ordinal)])),
    ];

    /// <summary>Those that were there in their order, and one that the library does not name as it is; then the others.</summary>
    private static IEnumerable<string> Chosen(ImmutableArray<string> before, Microsoft.Extensions.Primitives.StringValues now, LibrarySettings settings) =>
        [.. before.Where(slug => now.Contains(slug) || !settings.Audiences.ContainsKey(slug)), .. now.OfType<string>().Except(before, StringComparer.Ordinal).Where(settings.Audiences.ContainsKey).Order(StringComparer.Ordinal)];

    /// <summary>One line of a field; null: the form has none.</summary>
    private static string? One(IFormCollection form, string field) => form.TryGetValue(field, out var value) ? Line(value.ToString()) : null;

    private static string Cut(string text) => text.Length > LongestLines ? text[..LongestLines] : text;

    private static string Line(string text) => string.Join(' ', (text.Length > Longest ? text[..Longest] : text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string[]? Lines(IFormCollection form, string field) => form.TryGetValue(field, out var value) ? value.ToString().Split('\n') : null;

    private static ImmutableArray<DirectAnswer>? Answers(IFormCollection form)
    {
        if (!form.ContainsKey("ask"))
        {
            return null;
        }

        var (asks, says, onlyIfs, sections) = (form["ask"], form["say"], form["only-if"], form["answer-section"]);
        string At(Microsoft.Extensions.Primitives.StringValues values, int index) => index < values.Count ? Line(values[index] ?? "") : "";
        return
        [
            .. Enumerable.Range(0, Math.Min(asks.Count, MostAnswers))
                .Select(index => new DirectAnswer(At(asks, index), At(says, index), At(onlyIfs, index) is { Length: > 0 } onlyIf ? onlyIf : null, At(sections, index) is { Length: > 0 } section ? section : null))
                .Where(answer => answer.Ask.Length + answer.Say.Length + (answer.OnlyIf?.Length ?? 0) > 0),
        ];
    }
}
