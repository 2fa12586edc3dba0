using System.Text;
using PolicyHub.Content.Documents;

namespace PolicyHub.Content.Tests.Documents;

/// <summary>Reads texts as files, the way that every test of content starts.</summary>
internal static class Reading
{
    public static ReadDocument Read(string text, string path = "policies/late-fees.md", LibrarySettings? settings = null) =>
        DocumentReader.Read(LibraryPath.Parse(path), Encoding.UTF8.GetBytes(text), settings ?? LibrarySettings.Default);

    /// <summary>A document that must read without a problem.</summary>
    public static Document Document(string text, string path = "policies/late-fees.md", LibrarySettings? settings = null)
    {
        var read = Read(text, path, settings);
        Assert.Empty(read.Problems);
        return Assert.IsType<Document>(read.Document);
    }

    public static LibrarySettings Settings(string yaml)
    {
        var (settings, problems) = SettingsReader.Read(Encoding.UTF8.GetBytes(yaml));
        Assert.Empty(problems);
        return settings;
    }
}
