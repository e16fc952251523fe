using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Bookkeeping.Controllers;

[Authorize]
[Route("integrations/quickbooks")]
public sealed class QuickBooksController : Controller
{
    private const string StateKey = "quickbooks.state";

    private readonly QuickBooksOptions _options;
    private readonly IQuickBooksTokenClient _tokens;
    private readonly IConnectionStore _connections;
    private readonly IDataProtector _protector;
    private readonly ITenantContext _tenant;

    public QuickBooksController(
        QuickBooksOptions options,
        IQuickBooksTokenClient tokens,
        IConnectionStore connections,
        IDataProtectionProvider protection,
        ITenantContext tenant)
    {
        _options = options;
        _tokens = tokens;
        _connections = connections;
        _protector = protection.CreateProtector("quickbooks.tokens");
        _tenant = tenant;
    }

    [HttpGet("connect")]
    public IActionResult Connect()
    {
        var state = WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));
        HttpContext.Session.SetString(StateKey, state);
        var query = new Dictionary<string, string?>
        {
            ["response_type"] = "code",
            ["client_id"] = _options.ClientId,
            ["redirect_uri"] = _options.RedirectUri,
            ["scope"] = "com.intuit.quickbooks.accounting",
            ["state"] = state,
        };
        return Redirect(QueryHelpers.AddQueryString("https://appcenter.intuit.com/connect/oauth2", query));
    }

    [HttpGet("callback")]
    public async Task<IActionResult> Callback(string? code, string? state, CancellationToken ct)
    {
        var expected = HttpContext.Session.GetString(StateKey);
        HttpContext.Session.Remove(StateKey);
        if (string.IsNullOrEmpty(code) || string.IsNullOrEmpty(state) || expected is null
            || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(state)))
        {
            return BadRequest();
        }

        // confidential client: the exchange is authenticated with the client secret
        var set = await _tokens.ExchangeAsync(code, _options.RedirectUri, ct);
        await _connections.SaveAsync(_tenant.Id, _protector.Protect(set.ToJson()), ct);
        return RedirectToAction("Index", "Integrations");
    }
}
