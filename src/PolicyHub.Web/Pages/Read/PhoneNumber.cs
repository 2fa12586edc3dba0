namespace PolicyHub.Web.Pages.Read;

/// <summary>Phone numbers as a phone wants them.</summary>
public static class PhoneNumber
{
    /// <summary>The digits of a number as written, with a leading plus kept; what follows an “ext” is left out.</summary>
    public static string Dialled(string written)
    {
        var extension = written.IndexOf("ext", StringComparison.OrdinalIgnoreCase);
        var main = extension > 0 ? written[..extension] : written;
        return string.Concat(main.Where((letter, at) => char.IsAsciiDigit(letter) || (letter == '+' && at == 0)));
    }
}
