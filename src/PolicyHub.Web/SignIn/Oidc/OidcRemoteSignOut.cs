namespace PolicyHub.Web.SignIn.Oidc;

/// <summary>Somebody signed out elsewhere, and the provider lets us know. No cookie comes along, so sessions are found by what the provider calls them.</summary>
internal sealed class OidcRemoteSignOut(HttpContext context, OidcOptions options, OidcTokens tokens, ILogger log)
{
    public async Task HandleAsync()
    {
        // Both specifications want the answer kept by nobody.
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            var ended = context.Request.Path == OidcLinks.BackChannelSignOut ? await BackChannelAsync() : await FrontChannelAsync();
            if (ended is not null)
            {
                await options.OnSignedOut(context, ended);
            }
        }
        catch (OidcFailedException failure)
        {
            log.LogWarning("A sign-out told of by the provider failed: {Reason}.", failure.Message);
            context.Response.StatusCode = failure.Reason == OidcReason.ProviderDown ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status400BadRequest;
        }
    }

    private async Task<OidcSignedOut?> BackChannelAsync()
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.HasFormContentType)
        {
            throw new OidcFailedException(OidcReason.NotALogoutToken);
        }

        IFormCollection form;
        try
        {
            form = await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or BadHttpRequestException)
        {
            throw new OidcFailedException(OidcReason.NotALogoutToken);
        }

        return form["logout_token"] is [{ Length: > 0 } token]
            ? await tokens.ReadLogoutTokenAsync(token, context.RequestAborted)
            : throw new OidcFailedException(OidcReason.NotALogoutToken);
    }

    /// <summary>The session's name at the provider is what admits: it can't be guessed, and only that session ends.</summary>
    private async Task<OidcSignedOut?> FrontChannelAsync()
    {
        var query = context.Request.Query;
        if (query["iss"] is not [{ Length: > 0 } issuer] || query["sid"] is not [{ Length: > 0 } session])
        {
            return null;
        }

        var provider = await options.Discovery.ReadAsync(OidcDiscovery.AtToken, context.RequestAborted);
        var expected = OidcDiscovery.IsTemplate(provider.Issuer)
            ? options.Settings.AllowedTenants.Select(tenant => provider.Issuer.Replace(OidcDiscovery.TenantPlace, tenant, StringComparison.Ordinal))
            : [provider.Issuer];
        return expected.Contains(issuer, StringComparer.Ordinal)
            ? new OidcSignedOut { Issuer = issuer, SessionId = session }
            : throw new OidcFailedException(OidcReason.WrongIssuer);
    }
}
