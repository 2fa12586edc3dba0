using System.Collections.Immutable;
using PolicyHub.Content.Comparison;
using PolicyHub.Web.Pages;

namespace PolicyHub.Web.Propose;

/// <summary>How one document of a change differs from before, as far as one of the views shows it.</summary>
public sealed record ChangeComparison
{
    /// <summary>How a document is compared.</summary>
    public static readonly ImmutableArray<string> Views = ["rendered", "details", "source"];

    public RenderedComparison? Rendered { get; private init; }

    public ImmutableArray<FieldChange> Details { get; private init; } = [];

    public SourceComparison? Source { get; private init; }

    /// <param name="view">One of <see cref="Views"/>.</param>
    public static ChangeComparison Of(ChangedFile shown, string view, Visit visit)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(visit);
        var source = view == "source" ? SourceComparison.Of(shown.SourceBefore, shown.SourceAfter) : null;
        return shown is not { Before: { } before, After: { } after } ? new ChangeComparison { Source = source } : new ChangeComparison
        {
            Source = source,
            Details = DetailsComparison.Of(before.Document, after.Document, visit.Today.Settings),
            Rendered = view == "rendered" ? RenderedComparison.Of(before.Rendered.Html, after.Rendered.Html, visit.Words) : null,
        };
    }
}
