using System.Globalization;
using System.Net.Mail;
using System.Text;

namespace PolicyHub.Web.Mail;

/// <summary>A mail as it goes over the wire (RFC 5322, RFC 2045, RFC 2047), to its last dot.</summary>
internal static class MailText
{
    /// <summary>Of a line, in bytes; 998 is what a server has to take.</summary>
    private const int LongestLine = 900;

    private const int LineOfBase64 = 76;

    /// <summary>In bytes of UTF-8: encoded, with its marks and the name of the field before it, it stays on a line of 76 letters.</summary>
    private const int LongestWord = 36;

    /// <summary>Whether an address can stand in an envelope: one address, of printable ASCII, and nothing that would end it.</summary>
    public static bool IsAddress(string? address) =>
        MailAddress.TryCreate(address, out var parsed) && parsed.Address == address && address.All(letter => letter is > ' ' and < '\x7f' and not ('<' or '>'));

    /// <param name="id">The same for each try, so that what came twice is seen to be one.</param>
    public static string Of(Guid id, MailAddress from, string to, string subject, string text, DateTimeOffset at)
    {
        var body = text.ReplaceLineEndings("\n");
        var isPlain = IsAscii(body) && body.Split('\n').All(line => line.Length <= LongestLine);
        return new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"Date: {at.UtcDateTime:ddd, dd MMM yyyy HH:mm:ss} +0000\r\n")
            .Append(CultureInfo.InvariantCulture, $"From: {(from.DisplayName.Length > 0 ? Header(from.DisplayName, quotes: true) + " " : "")}<{from.Address}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"To: <{to}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {Header(OneLine(subject))}\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{id:N}@{from.Host}>\r\n")

            // A holiday answer would come back to a machine.
            .Append("Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n")
            .Append(CultureInfo.InvariantCulture, $"Content-Transfer-Encoding: {(isPlain ? "7bit" : "base64")}\r\n\r\n")
            .Append(isPlain ? Stuffed(body) : InBase64(body))
            .Append(".\r\n")
            .ToString();
    }

    /// <summary>Without what would end a line, or do anything else than stand there.</summary>
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();

    private static bool IsAscii(string text) => text.All(letter => letter is '\t' or '\n' or (>= ' ' and < '\x7f'));

    private static string Header(string text, bool quotes = false)
    {
        if (IsAscii(text) && text.Length <= LongestLine && !text.Contains("=?", StringComparison.Ordinal))
        {
            return quotes ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : text;
        }

        // Words of whole letters, each on a line of its own.
        var words = new List<string>();
        var word = new StringBuilder();
        var length = 0;
        foreach (var letter in text.EnumerateRunes())
        {
            if (length + letter.Utf8SequenceLength > LongestWord)
            {
                words.Add(word.ToString());
                word.Clear();
                length = 0;
            }

            word.Append(letter);
            length += letter.Utf8SequenceLength;
        }

        words.Add(word.ToString());
        return string.Join("\r\n ", words.Select(one => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(one))}?="));
    }

    /// <summary>A line that begins with a dot gets another, as one alone would end the mail.</summary>
    private static string Stuffed(string body) =>
        string.Concat(body.TrimEnd('\n').Split('\n').Select(line => (line.StartsWith('.') ? "." : "") + line + "\r\n"));

    private static string InBase64(string body) =>
        string.Concat(Convert.ToBase64String(Encoding.UTF8.GetBytes(body.ReplaceLineEndings("\r\n"))).Chunk(LineOfBase64).Select(line => new string(line) + "\r\n"));
}
