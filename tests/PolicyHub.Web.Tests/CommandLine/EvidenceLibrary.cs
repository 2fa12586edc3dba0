using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using PolicyHub.Testing;
using PolicyHub.Web.CommandLine;

namespace PolicyHub.Web.Tests.CommandLine;

/// <summary>A small history with all that evidence has to do with, and the commands on it.</summary>
internal sealed class EvidenceLibrary : IDisposable
{
    public const string Image = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

    private readonly TemporaryFolder folder = new();

    /// <param name="format">The object format of the repository.</param>
    /// <param name="inside">The folder of the repository that is the library, with a slash at its end; empty: all of it.</param>
    public EvidenceLibrary(string format = "sha1", string inside = "")
    {
        Inside = inside;
        Repository = new TestRepository(format: format)
            .Commit("Settings", commit => commit.At("2026-01-02 15:00").Write(inside + "library.yml", "name: City of Riverton\nshort-name: Riverton\ntimezone: America/Chicago\n"))
            .Commit("Late fees begin", commit => commit.At("2026-01-06 15:00").Write(inside + "policies/penalties.md", "# Late fees\n\nTen dollars.\n"))
            .Commit("Call it late fees", commit => commit.At("2026-01-07 15:00").Move(inside + "policies/penalties.md", inside + "policies/late-fees.md"))
            .Commit(Raise, commit => commit.At("2026-02-02 15:00").By("Maria Lopez", "maria@riverton.example")
                .Write(inside + "policies/late-fees.md", LateFees)
                .Write(inside + "policies/scale.svg", Image)
                .Write(inside + "desks/billing.md", "# Billing\n\nSee the [rule](../policies/late-fees.md).\n"))
            .Commit("From May on", commit => commit.At("2026-03-01 15:00")
                .Write(inside + "policies/late-fees.md", LateFees.Replace("Twelve", "Fifteen", StringComparison.Ordinal).Replace("id: UB-014", "id: UB-014\neffective: 2026-05-01", StringComparison.Ordinal)))
            .Flush();
    }

    public TestRepository Repository { get; }

    public string Inside { get; }

    public string Folder => folder.Path;

    public const string LateFees = """
        ---
        id: UB-014
        title: Late fees
        legal-basis: Riverton City Code 13.08
        adopted-by: City Council
        ---
        Twelve dollars. ![The scale](scale.svg) Ask [billing](../desks/billing.md) <script>alert(1)</script>.

        """;

    private const string Raise = """
        Raise the late fee

        The council asked for it.

        Approved-by: Ann Chief <ann@riverton.example> as Finance Director 2026-02-01T10:00:00Z abc
        """;

    public static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        return (await PolicyHubCommand.RunAsync(arguments, output, error), output.ToString(), error.ToString());
    }

    /// <summary>Where records are, if a site keeps any.</summary>
    public string Records => Path.Combine(folder["data"], "policyhub.db");

    public Task<(int Exit, string Output, string Error)> EvidenceAsync(params string[] arguments) => RunAsync(
        ["evidence", .. arguments, "--library", Repository.Folder, "--data", folder["data"], .. Inside.Length == 0 ? [] : new[] { "--folder", Inside.TrimEnd('/') }]);

    /// <summary>Makes a pack.</summary>
    /// <returns>The file.</returns>
    public async Task<string> PackAsync(params string[] arguments)
    {
        var file = folder[$"{Guid.NewGuid():N}.zip"];
        var (exit, _, error) = await EvidenceAsync([.. arguments, "-o", file]);
        Assert.Equal((0, ""), (exit, error));
        return file;
    }

    public Task<(int Exit, string Output, string Error)> VerifyAsync(string file) => RunAsync("verify", file, "--against", Repository.Folder);

    public static Dictionary<string, byte[]> Read(string file)
    {
        using var zip = ZipFile.OpenRead(file);
        return zip.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    public static string Text(Dictionary<string, byte[]> files, string name) => Encoding.UTF8.GetString(files[name]);

    /// <summary>Writes files as somebody would who tampers with a pack.</summary>
    /// <param name="sums">Whether the sums are made to fit.</param>
    public string Write(Dictionary<string, byte[]> files, bool sums)
    {
        if (sums)
        {
            files["SHA256SUMS"] = Encoding.UTF8.GetBytes(string.Concat(files.Where(file => file.Key != "SHA256SUMS")
                .Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Value))}  {file.Key}\n")));
        }

        var path = folder[$"{Guid.NewGuid():N}.zip"];
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in files)
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(bytes);
        }

        return path;
    }

    public void Dispose()
    {
        Repository.Dispose();
        folder.Dispose();
    }
}
