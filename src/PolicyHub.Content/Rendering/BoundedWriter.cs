using System.Globalization;

namespace PolicyHub.Content.Rendering;

/// <summary>
/// Holds the HTML of one page and stops when it grows past all sense: a reference used ten thousand times, or a table
/// that a row of bars makes wide, can turn a small text into gigabytes.
/// </summary>
internal sealed class BoundedWriter() : StringWriter(CultureInfo.InvariantCulture)
{
    /// <summary>Characters.</summary>
    public const int Longest = 8 * 1024 * 1024;

    public int Length => GetStringBuilder().Length;

    public void CutBackTo(int length) => GetStringBuilder().Length = length;

    public override void Write(char value)
    {
        Check(1);
        base.Write(value);
    }

    public override void Write(string? value)
    {
        Check(value?.Length ?? 0);
        base.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        Check(count);
        base.Write(buffer, index, count);
    }

    public override void Write(ReadOnlySpan<char> buffer)
    {
        Check(buffer.Length);
        base.Write(buffer);
    }

    private void Check(int more)
    {
        if (Length + more > Longest)
        {
            throw new PageTooLongException();
        }
    }
}

/// <summary>Never leaves the renderer.</summary>
internal sealed class PageTooLongException : Exception;
