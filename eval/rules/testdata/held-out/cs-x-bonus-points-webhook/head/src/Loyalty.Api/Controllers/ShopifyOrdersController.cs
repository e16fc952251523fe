using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Loyalty.Api.Controllers;

[ApiController]
[Route("hooks/shopify")]
public sealed class ShopifyOrdersController : ControllerBase
{
    private readonly LoyaltyDbContext _db;
    private readonly byte[] _secret;

    public ShopifyOrdersController(LoyaltyDbContext db, IOptions<ShopifyOptions> options)
    {
        _db = db;
        _secret = Encoding.UTF8.GetBytes(options.Value.ApiSecret);
    }

    [HttpPost("orders-paid")]
    [RequestSizeLimit(1024 * 1024)]
    public async Task<IActionResult> OrdersPaid(CancellationToken ct)
    {
        using var buffer = new MemoryStream();
        await Request.Body.CopyToAsync(buffer, ct);
        if (!IsSigned(buffer.ToArray()))
        {
            return Unauthorized();
        }

        buffer.Position = 0;
        var order = await JsonSerializer.DeserializeAsync<PaidOrder>(buffer, JsonSerializerOptions.Web, ct);
        if (order?.Customer is null)
        {
            return Ok();
        }
        var account = await _db.Accounts.FindAsync([order.Customer.Id], ct);
        if (account is not null)
        {
            account.Points += (int)Math.Floor(order.SubtotalPrice);
            await _db.SaveChangesAsync(ct);
        }
        return Ok();
    }

    private bool IsSigned(byte[] body)
    {
        Span<byte> given = stackalloc byte[32];
        return Convert.TryFromBase64String(Request.Headers["X-Shopify-Hmac-Sha256"].ToString(), given, out var length)
            && length == 32
            && CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(_secret, body));
    }
}
