using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

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
            Title = Text(settings, "name", faults) ?? name,
            Stylesheet = stylesheet,
            Version = VersionOf(stylesheet, pictures.OrderBy(picture => picture.Key, StringComparer.Ordinal).Select(picture => picture.Value)),
            Pictures = pictures.ToImmutable(),
            Faults = [.. faults],
        };
    }

    private static byte[]? ReadFile(string folder, string file)
    {
        var info = new FileInfo(Path.Combine(folder, file));
        return info.Exists && info.Length <= LargestFile ? File.ReadAllBytes(info.FullName) : null;
    }

    private static YamlMappingNode Parse(string yaml, List<string> faults)
    {
        try
        {
            var text = new YamlStream();
            text.Load(new StringReader(yaml));
            return text.Documents.FirstOrDefault()?.RootNode as YamlMappingNode ?? [];
        }
        catch (YamlException wrong)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"theme.yml, line {wrong.Start.Line}: {wrong.Message}"));
            return [];
        }
    }

    /// <summary>The value of a setting, however its name is cased; null where none is given.</summary>
    private static YamlNode? Value(YamlMappingNode settings, string name) =>
        settings.Children.FirstOrDefault(setting => setting.Key is YamlScalarNode { Value: { } key } && key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
            is var value && value is not YamlScalarNode { Value: "" } ? value : null;

    private static string? Text(YamlMappingNode settings, string name, List<string> faults)
    {
        switch (Value(settings, name))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text }:
                return text;
            default:
                faults.Add($"theme.yml: {name} wants a text.");
                return null;
        }
    }

    private static string Stylesheet(YamlMappingNode settings, List<string> faults)
    {
        var light = Tokens(settings, "light", faults);
        var dark = Tokens(settings, "dark", faults);
        var shape = new StringBuilder();
        if (Text(settings, "radius", faults) is { } pixels)
        {
            if (int.TryParse(pixels, CultureInfo.InvariantCulture, out var radius))
            {
                shape.Append(CultureInfo.InvariantCulture, $"--radius:{Math.Clamp(radius, 0, 24)}px;");
            }
            else
            {
                faults.Add("theme.yml: radius is a number of pixels.");
            }
        }

        if (Text(settings, "font", faults) is { } font)
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

    private static string Tokens(YamlMappingNode settings, string mode, List<string> faults)
    {
        var tokens = new StringBuilder();
        var given = Value(settings, mode);
        if (given is not (null or YamlMappingNode))
        {
            faults.Add($"theme.yml: {mode} wants names with colours.");
        }

        foreach (var (name, value) in given as YamlMappingNode ?? [])
        {
            if (name is YamlScalarNode { Value: { } token } && TokenName().IsMatch(token) && value is YamlScalarNode { Value: { } colour } && Colour().IsMatch(colour))
            {
                tokens.Append("--").Append(token).Append(':').Append(colour).Append(';');
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

    [GeneratedRegex("^[a-z][a-z-]{0,30}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenName();

    [GeneratedRegex("^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Colour();

    [GeneratedRegex("^[A-Za-z0-9 ,\"'-]{1,300}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FontList();
}
