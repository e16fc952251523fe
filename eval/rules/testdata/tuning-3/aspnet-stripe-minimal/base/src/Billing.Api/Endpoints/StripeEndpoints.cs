using Billing.Domain;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Stripe;

namespace Billing.Api.Endpoints;

public static class StripeEndpoints
{
    public static IEndpointRouteBuilder MapStripe(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/stripe/events", Receive).AllowAnonymous();
        return routes;
    }

    private static async Task<IResult> Receive(
        HttpRequest request,
        [FromServices] IEventInbox inbox,
        [FromServices] IOptions<StripeOptions> options,
        [FromServices] ILogger<StripeOptions> logger,
        CancellationToken ct)
    {
        using var reader = new StreamReader(request.Body);
        var json = await reader.ReadToEndAsync(ct);

        Event stripeEvent;
        try
        {
            stripeEvent = EventUtility.ConstructEvent(
                json,
                request.Headers["Stripe-Signature"],
                options.Value.WebhookSecret,
                throwOnApiVersionMismatch: false);
        }
        catch (StripeException e)
        {
            logger.LogWarning(e, "Stripe event could not be read");
            return Results.BadRequest();
        }

        switch (stripeEvent.Type)
        {
            case "invoice.paid":
            case "invoice.payment_failed":
            case "customer.subscription.deleted":
                await inbox.AddOnceAsync(stripeEvent.Id, stripeEvent.Type, json, ct);
                break;
        }

        return Results.Ok();
    }
}
