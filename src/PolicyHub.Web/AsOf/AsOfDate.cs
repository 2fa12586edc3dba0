using System.Globalization;
using PolicyHub.Content.Documents;
using PolicyHub.Content.Editions;

namespace PolicyHub.Web.AsOf;

/// <summary>The day that a request asks about: <c>?on=2026-03-14</c> for what could be read, <c>?for=2025-06-01</c> for what applies.</summary>
/// <param name="Written">The date, or date and time, as it stands in addresses.</param>
/// <param name="At">The instant asked about: of a date alone the last one of that day where the organisation is.</param>
public sealed record AsOfDate(DateQuestion Question, DeclaredMoment Written, DateTimeOffset At)
{
    public const string On = "on";

    public const string For = "for";

    public string Name => NameOf(Question);

    public static string NameOf(DateQuestion question) => question == DateQuestion.On ? On : For;

    /// <summary>An instant to the second, as it stands in addresses.</summary>
    public static string Exact(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>An address of ours with the day put into it; one that names a day already, or leaves the site, as it is.</summary>
    public string Keep(string address) => Put(address, Question, Written.ToString());

    /// <summary>An address with a question about an instant in it; the fragment stays at its end.</summary>
    public static string Put(string address, DateQuestion question, string written)
    {
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var (front, fragment) = hash < 0 ? (address, "") : (address[..hash], address[hash..]);
        return Names(front) ? address : $"{front}{(front.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{NameOf(question)}={Uri.EscapeDataString(written)}{fragment}";
    }

    /// <summary>An address without the empty day by which it said that it is about today, or the empty way by which it said that staff read it.</summary>
    public static string WithoutEmpty(string address)
    {
        var hash = address.IndexOf('#', StringComparison.Ordinal);
        var (front, fragment) = hash < 0 ? (address, "") : (address[..hash], address[hash..]);
        var query = front.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return address;
        }

        var left = string.Join('&', front[(query + 1)..].Split('&').Where(part => part is not ("on=" or "for=" or KeptAddress.As + "=")));
        return front[..query] + (left.Length > 0 ? "?" + left : "") + fragment;
    }

    /// <summary>Whether an address says itself which day it is about; an empty day is today.</summary>
    public static bool Names(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        return query >= 0 && address[(query + 1)..].Split('&').Any(part => part.StartsWith("on=", StringComparison.Ordinal) || part.StartsWith("for=", StringComparison.Ordinal));
    }
}
