using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using PolicyHub.Content.Catalogue;

namespace PolicyHub.Content.Publishing;

/// <summary>Somebody as a commit names them.</summary>
public sealed record Signatory
{
    private const int Longest = 200;

    /// <param name="name">What would end a name in a commit or a trailer is taken out of it; where nothing is left it is “?”.</param>
    /// <param name="address">An address, or whatever tells two people of one name apart.</param>
    public Signatory(string name, string address) => (Name, Address) = (Clean(name) is { Length: > 0 } clean ? clean : "?", Clean(address).Replace(" ", "", StringComparison.Ordinal));

    public string Name { get; }

    public string Address { get; }

    public override string ToString() => $"{Name} <{Address}>";

    /// <summary>On one line, without what delimits an address: a name can't end a header or begin a trailer of its own.</summary>
    private static string Clean(string text)
    {
        var clean = string.Join(' ', CommitText.OneLine(text).Split(['<', '>', ' '], StringSplitOptions.RemoveEmptyEntries));
        return clean.Length > Longest ? clean[..Longest].TrimEnd() : clean;
    }
}

/// <summary>An approval as it is written into the commit: <c>Approved-by: NAME &lt;ADDRESS&gt; as POSITION TIME HASH</c>.</summary>
public sealed record GivenApproval(Signatory By, string Position, DateTimeOffset At, string ChangeSetHash)
{
    public Trailer Trailer => new("Approved-by", string.Create(CultureInfo.InvariantCulture, $"{By} as {new Signatory(Position, "").Name} {At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {ChangeSetHash}"));
}

/// <summary>
/// The message of a commit: the note, why, and the trailers as a paragraph of their own at its end. Whatever looks like a trailer in a note
/// stands before that paragraph and is text.
/// </summary>
public static class CommitText
{
    /// <summary>Everything that some reader of text takes for the end of a line, or that is no sign at all.</summary>
    private static readonly char[] Breaks = [.. Enumerable.Range(0, char.MaxValue).Select(code => (char)code).Where(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029')];

    /// <param name="note">As <see cref="OneLine"/> gives it.</param>
    /// <param name="why">As <see cref="Lines"/> gives it.</param>
    /// <param name="trailers">At least one: without, the last paragraph of a reason could pass for them.</param>
    /// <exception cref="ArgumentException">There is no trailer.</exception>
    public static string Of(string note, string why, IEnumerable<Trailer> trailers)
    {
        var lines = trailers.Select(trailer => $"{trailer.Key}: {OneLine(trailer.Value)}").ToImmutableArray();
        if (lines.IsEmpty)
        {
            throw new ArgumentException("A commit of ours says at least which change it belongs to.", nameof(trailers));
        }

        return $"{note}\n\n{(why.Length > 0 ? why + "\n\n" : "")}{string.Join('\n', lines)}\n";
    }

    /// <summary>A text on one line, as a commit can hold it and give it back unchanged.</summary>
    public static string OneLine(string text) => string.Join(' ', Whole(text).Split(Breaks, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>A text of several lines, as a commit can hold it and give it back unchanged.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => string.Concat(Whole(line).Select(letter => char.IsControl(letter) ? ' ' : letter)).TrimEnd());
        return string.Join('\n', lines).Trim('\n');
    }

    /// <summary>Half of a pair, which no encoding can write, becomes the sign for it.</summary>
    private static string Whole(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
