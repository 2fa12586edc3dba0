namespace PolicyHub.Web.AsOf;

/// <summary>What an answer was asked to be, and every link of it keeps: the day it is about, and that it is read as the public reads it.</summary>
/// <param name="Date">Null: today.</param>
/// <param name="AsPublic">Staff look at what everybody would see.</param>
public sealed record KeptAddress(AsOfDate? Date, bool AsPublic)
{
    /// <summary>The name under which an address says how it is read.</summary>
    public const string As = "as";

    /// <summary>Its one value.</summary>
    public const string Public = "public";

    /// <summary>What a form sends beside its own fields.</summary>
    public IEnumerable<(string Name, string Value)> Fields
    {
        get
        {
            if (Date is not null)
            {
                yield return (Date.Name, Date.Written.ToString());
            }

            if (AsPublic)
            {
                yield return (As, Public);
            }
        }
    }

    /// <summary>Whether an address says itself how it is read; with nothing after the name it leads back to how staff read.</summary>
    public static bool Names(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        return query >= 0 && address[(query + 1)..].Split('&', '#').Any(part => part.StartsWith(As + "=", StringComparison.Ordinal));
    }

    /// <summary>An address of ours, read as the public reads it.</summary>
    public static string Put(string address)
    {
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var (front, fragment) = hash < 0 ? (address, "") : (address[..hash], address[hash..]);
        return Names(front) ? address : $"{front}{(front.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{As}={Public}{fragment}";
    }
}
