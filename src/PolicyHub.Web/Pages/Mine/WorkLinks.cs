namespace PolicyHub.Web.Pages.Mine;

/// <summary>The addresses of what waits for a person.</summary>
public static class WorkLinks
{
    public const string Page = "/my-work";

    public const string Deputies = "/my-work/deputies";

    public const string Dismiss = "/my-work/deputies?handler=Dismiss";
}
