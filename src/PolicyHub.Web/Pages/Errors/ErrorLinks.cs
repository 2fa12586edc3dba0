namespace PolicyHub.Web.Pages.Errors;

/// <summary>The addresses at which a failed request is shown; never linked to.</summary>
public static class ErrorLinks
{
    /// <summary>With <c>{0}</c> for the status, as the status page middleware wants it.</summary>
    public const string Pattern = "/error/{0}";

    public const string Failure = "/error/500";
}
