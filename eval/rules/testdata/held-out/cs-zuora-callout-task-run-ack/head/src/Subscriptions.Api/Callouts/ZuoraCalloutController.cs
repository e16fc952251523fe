using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Subscriptions.Api.Entitlements;

namespace Subscriptions.Api.Callouts;

public sealed record SubscriptionCallout(string SubscriptionNumber, int Version, string Status);

[ApiController]
[AllowAnonymous]
[Route("callouts/zuora")]
public sealed class ZuoraCalloutController(
    IServiceScopeFactory scopes,
    IOptions<ZuoraOptions> options,
    ILogger<ZuoraCalloutController> logger) : ControllerBase
{
    [HttpPost("subscription")]
    public IActionResult Subscription(SubscriptionCallout callout)
    {
        // Callouts are not signed; Zuora sends basic authentication.
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes("Basic " + options.Value.CalloutCredentials));
        var received = SHA256.HashData(Encoding.UTF8.GetBytes(Request.Headers.Authorization.ToString()));
        if (!CryptographicOperations.FixedTimeEquals(expected, received))
        {
            return Unauthorized();
        }

        _ = Task.Run(async () =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var entitlements = scope.ServiceProvider.GetRequiredService<EntitlementService>();
            try
            {
                await entitlements.ApplyAsync(callout.SubscriptionNumber, callout.Version, callout.Status);
            }
            catch (Exception ex)
            {
                logger.LogError(ex, "Subscription {Number} not applied", callout.SubscriptionNumber);
            }
        });
        return Ok();
    }
}
