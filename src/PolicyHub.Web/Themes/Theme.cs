using System.Collections.Immutable;

namespace PolicyHub.Web.Themes;

/// <summary>A theme as its folder holds it, read and checked.</summary>
public sealed record Theme
{
    /// <summary>The name of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>As shown to people.</summary>
    public required string Title { get; init; }

    /// <summary>Its tokens in light and dark and its own rules, as one stylesheet.</summary>
    public required string Stylesheet { get; init; }

    /// <summary>Changes whenever the stylesheet or a picture does; stands in addresses so that they can be kept for ever.</summary>
    public required string Version { get; init; }

    /// <summary>The pictures: <c>logo</c> and <c>favicon</c>, where the folder holds them.</summary>
    public required ImmutableDictionary<string, ThemePicture> Pictures { get; init; }

    /// <summary>What is wrong with its settings, one sentence each, for the log.</summary>
    public ImmutableArray<string> Faults { get; init; } = [];

    public ThemePicture? Logo => Pictures.GetValueOrDefault("logo");

    public ThemePicture? Favicon => Pictures.GetValueOrDefault("favicon") ?? Logo;
}

public sealed record ThemePicture(string ContentType, ImmutableArray<byte> Bytes);
