using System.Collections.Immutable;
using PolicyHub.Content.Rendering;

namespace PolicyHub.Content.Editing;

/// <summary>A page that is edited in place: the parts that one sees, in their order.</summary>
/// <param name="TitleBlock">The heading that the page shows as its title and not among its parts; null: there is none.</param>
public sealed record EditablePage(ImmutableArray<EditablePart> Parts, int? TitleBlock);

/// <summary>A part of it.</summary>
/// <param name="Block">Among <see cref="EditableText.Blocks"/>; null: it is gathered from many places, as footnotes are, and not edited.</param>
/// <param name="IsFixed">It says something that what is typed on a page could not say again, so that it is changed as Markdown only.</param>
public sealed record EditablePart(int? Block, SafeHtml Html, bool IsFixed);

/// <summary>What was typed in the place of a run of blocks.</summary>
/// <param name="From">The first block, by its index in the text as it was shown.</param>
/// <param name="To">The block after the last one; that of <paramref name="From"/>: nothing was there before.</param>
public sealed record BlockEdit(int From, int To, string Html);

/// <summary>A text as edits made it.</summary>
/// <param name="Runs">For each edit, where its blocks stand now.</param>
public sealed record EditedText(byte[] Text, ImmutableArray<(int First, int Count)> Runs);
