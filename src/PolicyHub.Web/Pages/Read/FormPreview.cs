namespace PolicyHub.Web.Pages.Read;

/// <summary>Which files of a form can be shown on its page.</summary>
public static class FormPreview
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg"];

    public static bool IsPicture(string? file) =>
        file is not null && Pictures.Contains(Path.GetExtension(file).ToLowerInvariant(), StringComparer.Ordinal);
}
