using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Bookkeeping.Controllers;

[Authorize]
[Route("integrations/xero")]
public sealed class XeroController : Controller
{
    private readonly XeroOptions _options;
    private readonly IXeroTokenClient _tokens;
    private readonly IConnectionStore _connections;
    private readonly IDataProtector _protector;
    private readonly ITenantContext _tenant;

    public XeroController(
        XeroOptions options,
        IXeroTokenClient tokens,
        IConnectionStore connections,
        IDataProtectionProvider protection,
        ITenantContext tenant)
    {
        _options = options;
        _tokens = tokens;
        _connections = connections;
        _protector = protection.CreateProtector("xero.tokens");
        _tenant = tenant;
    }

    [HttpGet("connect")]
    public IActionResult Connect()
    {
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = _options.ClientId,
            ["redirect_uri"] = _options.RedirectUri,
            ["scope"] = "offline_access accounting.transactions",
            ["state"] = _tenant.Id.ToString(),
        };
        return Redirect(QueryHelpers.AddQueryString("https://login.xero.com/identity/connect/authorize", query));
    }

    [HttpGet("callback")]
    public async Task<IActionResult> Callback(string? code, string? state, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(code) || !int.TryParse(state, out var tenantId) || tenantId != _tenant.Id)
        {
            return BadRequest();
        }

        // confidential client: the exchange is authenticated with the client secret
        var set = await _tokens.ExchangeAsync(code, _options.RedirectUri, ct);
        await _connections.SaveAsync(tenantId, _protector.Protect(set.ToJson()), ct);
        return RedirectToAction("Index", "Integrations");
    }
}
