namespace PolicyHub.Web.Security;

/// <summary>How much one may search for at once; how fast is said in <see cref="RateLimits"/>.</summary>
public static class SearchLimit
{
    public const string Policy = "search";

    /// <summary>The longest question, in UTF-16 units; a longer one is a bad request.</summary>
    public const int LongestQuery = 300;

    /// <summary>The most results one answer holds.</summary>
    public const int MostResults = 50;
}
