namespace PolicyHub.Web.Pages.Errors;

/// <summary>A sentence that says what was wrong with a request, for the page or answer that tells of it.</summary>
public static class FailureReason
{
    private static readonly object Key = new();

    public static void Set(HttpContext context, string sentence) => context.Items[Key] = sentence;

    /// <summary>Null when nobody gave one.</summary>
    public static string? Of(HttpContext context) => context.Items.TryGetValue(Key, out var sentence) ? sentence as string : null;
}
