namespace PolicyHub.Content.Problems;

/// <summary>What can be wrong with a body by itself.</summary>
public static partial class ProblemCatalogue
{
    /// <param name="largest">Characters.</param>
    public static Problem BodyTooLarge(string file, int largest) => Error(
        "page-too-large", file, SourcePosition.None,
        $"The page is larger than {largest / 1024} kB, so it is shown as plain text.",
        "Cut it into several documents that link to each other.");

    public static Problem BodyTooDeep(string file) => Error(
        "page-too-deep", file, SourcePosition.None,
        "Lists or quotes stand in each other too deeply, so the page is shown as plain text.",
        "Take some levels out.");

    public static Problem BlockTooDeep(string file, SourcePosition at) => Error(
        "block-too-deep", file, at,
        "Something in this block is nested too deeply, so it is shown as plain text.",
        "Take some levels out, or look for signs such as ** or | that are not meant.");

    public static Problem BlockTooHeavy(string file, SourcePosition at) => Error(
        "block-too-heavy", file, at,
        "This block holds too many brackets or other signs to be read in time, so it is shown as plain text.",
        "Part it by empty lines, or put it between lines of ```.");

    public static Problem UnsafeLink(string file, SourcePosition at, string url) => Error(
        "unsafe-link", file, at,
        $"This link is not shown, as it could do harm: “{Written(url)}”.",
        "Link to a document, or to an address that starts with https:, http:, mailto: or tel:.");

    public static Problem LinkLeavesLibrary(string file, SourcePosition at, string url) => Error(
        "link-leaves-library", file, at,
        $"“{Written(url)}” leads out of the library.",
        "Count its “../” against the folder of this document.");

    public static Problem UnknownCallout(string file, SourcePosition at, string marker) => Warning(
        "unknown-callout", file, at,
        $"There is no call-out “[!{Written(marker)}]”, so this is shown as a quote.",
        "Write [!SAY], [!DO], [!NEVER], [!NOTE] or [!WARN].");

    public static Problem ImageWithoutAlt(string file, SourcePosition at) => Warning(
        "image-without-alt", file, at,
        "The image has no description for people who cannot see it.",
        "Write one between the square brackets: ![What it shows](image.svg).");

    public static Problem ExternalImage(string file, SourcePosition at) => Warning(
        "external-image", file, at,
        "The image stands on another site, so it is offered as a link.",
        "Put a copy next to this document and link to that.");
}
