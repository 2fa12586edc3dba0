using Microsoft.Playwright;

namespace PolicyHub.Browser.Tests;

/// <summary>Screens in CSS pixels.</summary>
internal static class Sizes
{
    public static ViewportSize Desktop => new() { Width = 1440, Height = 900 };

    public static ViewportSize Phone => new() { Width = 390, Height = 844 };

    /// <summary>What WCAG asks of reflow: 1280 pixels at 400 %.</summary>
    public static ViewportSize Narrow => new() { Width = 320, Height = 640 };

    /// <summary>A desk's screen of 1280 by 800 at 200 %.</summary>
    public static ViewportSize Zoomed => new() { Width = 640, Height = 400 };
}
