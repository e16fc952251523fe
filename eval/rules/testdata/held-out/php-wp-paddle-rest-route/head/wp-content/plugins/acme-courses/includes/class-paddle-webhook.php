<?php
/**
 * Grants course access after a Paddle purchase.
 *
 * @package AcmeCourses
 */

defined( 'ABSPATH' ) || exit;

class Acme_Paddle_Webhook {

	public static function init() {
		add_action( 'rest_api_init', array( __CLASS__, 'register_routes' ) );
	}

	public static function register_routes() {
		register_rest_route(
			'acme-courses/v1',
			'/paddle',
			array(
				'methods'             => 'POST',
				'callback'            => array( __CLASS__, 'handle' ),
				'permission_callback' => '__return_true',
			)
		);
	}

	public static function handle( WP_REST_Request $request ) {
		$event = $request->get_json_params();

		if ( ! is_array( $event ) || empty( $event['event_type'] ) || empty( $event['data']['custom_data']['user_id'] ) ) {
			return new WP_Error( 'acme_payload', 'Unexpected payload', array( 'status' => 400 ) );
		}
		if ( 'transaction.completed' !== $event['event_type'] ) {
			return new WP_REST_Response( null, 204 );
		}

		$user = get_userdata( absint( $event['data']['custom_data']['user_id'] ) );
		if ( false === $user ) {
			return new WP_Error( 'acme_user', 'No such user', array( 'status' => 404 ) );
		}

		foreach ( (array) $event['data']['items'] as $item ) {
			$course = Acme_Courses::find_by_price( sanitize_text_field( $item['price']['id'] ?? '' ) );
			if ( $course ) {
				// Does nothing when the user has the course already.
				Acme_Courses::grant( $user->ID, $course->ID );
			}
		}

		return new WP_REST_Response( null, 204 );
	}
}

Acme_Paddle_Webhook::init();
