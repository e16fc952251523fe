using Microsoft.AspNetCore.Mvc;
using Store.Domain;

namespace Store.Api.Hooks;

[ApiController]
[LemonSignature]
[Route("hooks/lemonsqueezy")]
public sealed class LemonController(ISubscriptionProjection projection) : ControllerBase
{
    [HttpPost]
    public async Task<IActionResult> Receive([FromBody] LemonEvent body, CancellationToken ct)
    {
        if (!body.Meta.EventName.StartsWith("subscription_", StringComparison.Ordinal))
        {
            return NoContent();
        }

        // one MERGE statement, rows with an equal or newer updated_at stay as they are
        await projection.ApplyIfNewerAsync(
            body.Data.Id,
            body.Data.Attributes.Status,
            body.Data.Attributes.RenewsAt,
            body.Data.Attributes.UpdatedAt,
            ct);
        return NoContent();
    }
}
