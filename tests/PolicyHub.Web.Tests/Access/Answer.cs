using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace PolicyHub.Web.Tests.Access;

/// <summary>All that an answer says: headers and body, with and without the marks in its HTML, and what is packed in it.</summary>
internal sealed partial record Answer(HttpStatusCode Status, string Headers, string Body, byte[] Bytes)
{
    private const string Words = "zq[b-w]a[b-w]o[b-w]um";

    /// <summary>Every marked word of it.</summary>
    public IEnumerable<string> Found => Marked().Matches(Headers).Concat(Marked().Matches(Body)).Concat(Marked().Matches(Tags().Replace(Body, "")))
        .Select(match => match.Value.ToLowerInvariant()).Distinct(StringComparer.Ordinal);

    public static async Task<Answer> OfAsync(HttpResponseMessage response)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var headers = string.Concat(response.Headers.Concat(response.Content.Headers).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n"));
        return new Answer(response.StatusCode, Uri.UnescapeDataString(headers), bytes.AsSpan().StartsWith("PK"u8) ? Unpack(bytes) : Encoding.UTF8.GetString(bytes), bytes);
    }

    private static string Unpack(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip), ZipArchiveMode.Read);
        var all = new StringBuilder();
        foreach (var entry in archive.Entries)
        {
            using var content = entry.Open();
            using var reader = new StreamReader(content, Encoding.UTF8);
            all.Append(entry.FullName).Append('\n').Append(reader.ReadToEnd()).Append('\n');
        }

        return all.ToString();
    }

    [GeneratedRegex(Words, RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Marked();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 10_000)]
    private static partial Regex Tags();
}
