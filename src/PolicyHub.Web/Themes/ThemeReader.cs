using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace PolicyHub.Web.Themes;

/// <summary>Reads the folder of a theme. A wrong setting is left out and named; the rest of the theme holds.</summary>
public static partial class ThemeReader
{
    private const int LargestFile = 512 * 1024;

    private static readonly (string Name, string File, string ContentType)[] PictureFiles =
    [
        ("logo", "logo.svg", "image/svg+xml"),
        ("logo", "logo.png", "image/png"),
        ("favicon", "favicon.svg", "image/svg+xml"),
        ("favicon", "favicon.png", "image/png"),
    ];

    /// <summary>Reads a theme; null when the folder holds no <c>theme.yml</c>.</summary>
    /// <exception cref="IOException">A file of the folder cannot be read now.</exception>
    public static Theme? Read(string folder)
    {
        var name = Path.GetFileName(folder);
        if (ReadFile(folder, "theme.yml") is not { } yaml)
        {
            return null;
        }

        var faults = new List<string>();
        var settings = Parse(Encoding.UTF8.GetString(yaml), faults);
        var rules = ReadFile(folder, "theme.css") is { } css ? Encoding.UTF8.GetString(css) : "";
        var pictures = ImmutableDictionary.CreateBuilder<string, ThemePicture>(StringComparer.Ordinal);
        foreach (var (picture, file, contentType) in PictureFiles)
        {
            if (!pictures.ContainsKey(picture) && ReadFile(folder, file) is { } bytes)
            {
                pictures.Add(picture, new ThemePicture(contentType, [.. bytes]));
            }
        }

        var stylesheet = Stylesheet(settings, faults) + rules;
        return new Theme
        {
            Name = name,
            Title = settings.Name ?? name,
            Stylesheet = stylesheet,
            Version = VersionOf(stylesheet, pictures.Values),
            Pictures = pictures.ToImmutable(),
            Faults = [.. faults],
        };
    }

    private static byte[]? ReadFile(string folder, string file)
    {
        var info = new FileInfo(Path.Combine(folder, file));
        return info.Exists && info.Length <= LargestFile ? File.ReadAllBytes(info.FullName) : null;
    }

    private static Settings Parse(string yaml, List<string> faults)
    {
        try
        {
            return new DeserializerBuilder().WithCaseInsensitivePropertyMatching().IgnoreUnmatchedProperties().Build()
                .Deserialize<Settings>(yaml) ?? new Settings();
        }
        catch (YamlException wrong)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"theme.yml, line {wrong.Start.Line}: {wrong.Message}"));
            return new Settings();
        }
    }

    private static string Stylesheet(Settings settings, List<string> faults)
    {
        var light = Tokens(settings.Light, "light", faults);
        var dark = Tokens(settings.Dark, "dark", faults);
        var shape = new StringBuilder();
        if (settings.Radius is { } radius)
        {
            shape.Append(CultureInfo.InvariantCulture, $"--radius:{Math.Clamp(radius, 0, 24)}px;");
        }

        if (settings.Font is { Length: > 0 } font)
        {
            if (FontList().IsMatch(font))
            {
                shape.Append("--font:").Append(font).Append(';');
            }
            else
            {
                faults.Add("theme.yml: font is a list of family names.");
            }
        }

        return
            $":root{{{shape}{light}}}\n" +
            $"@media (prefers-color-scheme:dark){{:root:not([data-mode=\"light\"]){{{dark}}}}}\n" +
            $":root[data-mode=\"dark\"]{{{dark}}}\n";
    }

    private static string Tokens(Dictionary<string, string>? colours, string mode, List<string> faults)
    {
        var tokens = new StringBuilder();
        foreach (var (name, value) in colours ?? [])
        {
            if (TokenName().IsMatch(name) && value is not null && Colour().IsMatch(value))
            {
                tokens.Append("--").Append(name).Append(':').Append(value).Append(';');
            }
            else
            {
                faults.Add($"theme.yml, {mode}: {name} wants a colour such as “#0b4f71”.");
            }
        }

        return tokens.ToString();
    }

    private static string VersionOf(string stylesheet, IEnumerable<ThemePicture> pictures)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(stylesheet));
        foreach (var picture in pictures)
        {
            hash.AppendData(picture.Bytes.AsSpan());
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    [GeneratedRegex("^[a-z][a-z-]{0,30}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TokenName();

    [GeneratedRegex("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Colour();

    [GeneratedRegex("^[A-Za-z0-9 ,\"'-]{1,300}$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FontList();

    /// <summary><c>theme.yml</c> as written.</summary>
    private sealed class Settings
    {
        public string? Name { get; set; }

        public string? Font { get; set; }

        public int? Radius { get; set; }

        public Dictionary<string, string>? Light { get; set; }

        public Dictionary<string, string>? Dark { get; set; }
    }
}
