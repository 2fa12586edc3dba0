using Markdig.Renderers;

namespace PolicyHub.Content.Rendering;

/// <summary>
/// What a page carries when it is to be edited in place: beside each thing, in attributes, what its source says and the page does not show. It has no ids of
/// headings, as a heading may be parted in two.
/// </summary>
/// <param name="fileAddress">Where a file that is not published yet is shown; null: where it always is.</param>
internal sealed class EditingMarks(Func<LibraryPath, string?>? fileAddress)
{
    /// <summary>The address of a link or picture as its source has it.</summary>
    public const string Address = "data-address";

    /// <summary>A picture that is shown as words or a link.</summary>
    public const string Picture = "data-picture";

    /// <summary>The level of a heading in its source.</summary>
    public const string Level = "data-level";

    /// <summary>The anchor that a heading has on the page.</summary>
    public const string Anchor = "data-anchor";

    /// <summary>The kind of a call-out in its source.</summary>
    public const string Callout = "data-callout";

    /// <summary>The label of a footnote.</summary>
    public const string Label = "data-label";

    /// <summary>What stands after the fence of code.</summary>
    public const string Info = "data-info";

    public string? FileAddress(LibraryPath? path) => path is { } known ? fileAddress?.Invoke(known) : null;

    public static void Write(HtmlRenderer renderer, string name, string value) =>
        renderer.Write(' ').Write(name).Write("=\"").Write(HtmlText.Encode(value)).Write('"');
}
