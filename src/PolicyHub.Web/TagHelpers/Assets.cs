using Microsoft.AspNetCore.Components;

namespace PolicyHub.Web.TagHelpers;

/// <summary>Addresses of our own styles and scripts, with the hash of their content so that a browser may keep them for ever.</summary>
public readonly struct Assets
{
    private readonly ResourceAssetCollection? known;

    private Assets(ResourceAssetCollection? known) => this.known = known;

    public static Assets Of(HttpContext context) => new(context.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>());

    /// <summary>The address of a file of <c>wwwroot</c>; the plain one where its hash is not known.</summary>
    public string Url(string file) => "/" + (known is null ? file : known[file]);
}
