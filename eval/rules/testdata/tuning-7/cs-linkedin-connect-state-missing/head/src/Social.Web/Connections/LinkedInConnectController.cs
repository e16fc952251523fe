using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Social.Web.Connections;

[Authorize]
[Route("connections/linkedin")]
public sealed class LinkedInConnectController(
    LinkedInTokenClient tokens,
    IConnectionStore connections,
    IOptions<LinkedInOptions> options,
    ILogger<LinkedInConnectController> logger) : Controller
{
    private string RedirectUri => $"{options.Value.PublicUrl}/connections/linkedin/callback";

    [HttpGet("start")]
    public IActionResult Start()
    {
        var url = QueryHelpers.AddQueryString("https://www.linkedin.com/oauth/v2/authorization", new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = options.Value.ClientId,
            ["redirect_uri"] = RedirectUri,
            ["scope"] = "r_organization_social w_organization_social",
        });
        return Redirect(url);
    }

    [HttpGet("callback")]
    public async Task<IActionResult> Callback(string? code, string? error, CancellationToken ct)
    {
        if (error is not null || string.IsNullOrEmpty(code))
        {
            logger.LogInformation("LinkedIn connection cancelled: {Error}", error);
            return RedirectToAction("Index", "Connections");
        }

        var token = await tokens.ExchangeAsync(code, RedirectUri, ct);
        await connections.SaveAsync(User.AccountId(), "linkedin", token.Protected, token.ExpiresAt, ct);
        logger.LogInformation("LinkedIn connected for account {AccountId}", User.AccountId());
        return RedirectToAction("Index", "Connections");
    }
}
